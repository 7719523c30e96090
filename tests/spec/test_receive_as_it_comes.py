"""Files as offices and exports make them: each small, each read as a careful person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.receive_desk import complaints, figures, read_text

# What it is, the file, its figures with their places, and what is said of the rest.
CASES: list[tuple[str, str, list[str], list[str]]] = [
    (
        "regions in rows, the indicator above",
        "数据库：主要城市月度价格\n"
        "指标：居民消费价格指数(上年同月=100)\n"
        "时间：最近3个月\n"
        "地区,2024年3月,2024年2月,2024年1月\n"
        "北京,100.1,100.9,99.4\n"
        "重庆,99.9,100.5,99.0\n"
        "数据来源：国家统计局\n",
        [
            "110000 cpi index month 2024-03 100.1 @5B",
            "110000 cpi index month 2024-02 100.9 @5C",
            "110000 cpi index month 2024-01 99.4 @5D",
            "500000 cpi index month 2024-03 99.9 @6B",
            "500000 cpi index month 2024-02 100.5 @6C",
            "500000 cpi index month 2024-01 99 @6D",
        ],
        [],
    ),
    (
        "a province's quarters, an index beside them",
        "数据库：分省季度数据\n"
        "地区：重庆市\n"
        "时间：最近4季度\n"
        "指标,2024年第二季度,2024年第一季度,2023年第四季度,2023年第三季度\n"
        "地区生产总值_累计值(亿元),15138.25,7232.03,30145.79,22243.88\n"
        "第三产业增加值_累计值(亿元),8000.1,4000.2,16000.3,12000.4\n"
        "地区生产总值指数(上年同期=100)_累计值,106.1,106.2,106.1,105.6\n"
        "数据来源：国家统计局\n",
        [
            "500000 gdp total ytd 2024-06 15138.25亿元 @5B",
            "500000 gdp total ytd 2024-03 7232.03亿元 @5C",
            "500000 gdp total ytd 2023-12 30145.79亿元 @5D",
            "500000 gdp total ytd 2023-09 22243.88亿元 @5E",
            "500000 tertiary total ytd 2024-06 8000.1亿元 @6B",
            "500000 tertiary total ytd 2024-03 4000.2亿元 @6C",
            "500000 tertiary total ytd 2023-12 16000.3亿元 @6D",
            "500000 tertiary total ytd 2023-09 12000.4亿元 @6E",
        ],
        ["unknown_indicator 7A"],
    ),
    (
        "a lost zero among months that never had one",
        "时间,出口总值（亿美元）\n2019.8,1\n2019.9,2\n2019.1,3\n2019.11,4\n2019.12,5\n",
        [
            "500000 exports total month 2019-08 1亿美元 @2B",
            "500000 exports total month 2019-09 2亿美元 @3B",
            "500000 exports total month 2019-10 3亿美元 @4B",
            "500000 exports total month 2019-11 4亿美元 @5B",
            "500000 exports total month 2019-12 5亿美元 @6B",
        ],
        [],
    ),
    (
        "months as Excel shows them",
        "时间,出口总值（亿美元）\nJan-24,1\nFeb-24,2\nMar-24,3\n",
        [
            "500000 exports total month 2024-01 1亿美元 @2B",
            "500000 exports total month 2024-02 2亿美元 @3B",
            "500000 exports total month 2024-03 3亿美元 @4B",
        ],
        [],
    ),
    (
        "days first",
        "时间,出口总值（亿美元）\n31/01/2024,1\n29/02/2024,2\n",
        ["500000 exports total month 2024-01 1亿美元 @2B", "500000 exports total month 2024-02 2亿美元 @3B"],
        [],
    ),
    (
        "a day or a year",
        "指标,24-Mar,24-Feb\n社会消费品零售总额累计值(亿元),120327,81307\n",
        [],
        ["ambiguous_period 1B", "ambiguous_period 1C"],
    ),
    (
        "the indicator in the title alone",
        "2024年1-9月各省市地区生产总值\n"
        "地区,总量（亿元）,位次,增速（%）,位次\n"
        "北京市,278.11,36,6.5,12\n"
        "重庆市,1400.12,3,6.1,20\n",
        [
            "110000 gdp total ytd 2024-09 278.11亿元 @3B",
            "110000 gdp growth ytd 2024-09 6.5% @3D",
            "500000 gdp total ytd 2024-09 1400.12亿元 @4B",
            "500000 gdp growth ytd 2024-09 6.1% @4D",
        ],
        ["measure_not_kept 0"],
    ),
    (
        "section titles between the rows",
        "2018年5月社会消费品零售总额\n"
        "指标,5月,比去年同月增长(%),1-5月,比去年同期增长(%)\n"
        "社会消费品零售总额(亿元),988.70,5.3,5076.01,7.3\n"
        "#批发零售业,900.1,5.1,4600.2,7.2\n"
        "按商品分,,,,\n"
        "吃的商品,300,4,1500,5\n",
        [
            "500000 retail total month 2018-05 988.7亿元 @3B",
            "500000 retail growth month 2018-05 5.3% @3C",
            "500000 retail total ytd 2018-05 5076.01亿元 @3D",
            "500000 retail growth ytd 2018-05 7.3% @3E",
            "500000 retail_trade total month 2018-05 900.1亿元 @4B",
            "500000 retail_trade growth month 2018-05 5.1% @4C",
            "500000 retail_trade total ytd 2018-05 4600.2亿元 @4D",
            "500000 retail_trade growth ytd 2018-05 7.2% @4E",
        ],
        ["unknown_indicator 6A"],
    ),
    (
        "a page with a line for the unit",
        "2018年5月工业生产\n"
        "指标\n"
        "单位\n"
        "5月\n"
        "比去年同月增长(%)\n"
        "1-5月\n"
        "比去年同期增长(%)\n"
        "工业总产值\n"
        "亿元\n"
        "2900.12\n"
        "5.3\n"
        "14000.3\n"
        "6.1\n"
        "出口总值\n"
        "亿美元\n"
        "12.3\n"
        "-1.2\n"
        "…\n"
        "-\n",
        [
            "500000 exports total month 2018-05 12.3亿美元 @16A",
            "500000 exports growth month 2018-05 -1.2% @17A",
        ],
        ["unknown_indicator 8A"],
    ),
    (
        "a vendor's English rows",
        "Country,China,China\n"
        "Series,社会消费品零售总额:ytd,GDP\n"
        "Frequency,Monthly,Quarterly\n"
        "Unit,RMB bn,RMB mn\n"
        "Source,National Bureau of Statistics,National Bureau of Statistics\n"
        "Status,Active,Active\n"
        "03/2024,39020,296299\n",
        ["100000 retail total ytd 2024-03 390200亿元 @7B", "100000 gdp total ytd 2024-03 2962.99亿元 @7C"],
        [],
    ),
    (
        "words for the year so far",
        "2024年\n"
        "指标,一季度,上半年,前三季度,全年\n"
        "国内生产总值(亿元),296299,616836,949746,1349083\n"
        "国内生产总值增速(%),5.3,5.0,4.8,5.0\n",
        [
            "500000 gdp total ytd 2024-03 296299亿元 @3B",
            "500000 gdp total ytd 2024-06 616836亿元 @3C",
            "500000 gdp total ytd 2024-09 949746亿元 @3D",
            "500000 gdp total ytd 2024-12 1349083亿元 @3E",
            "500000 gdp growth ytd 2024-03 5.3% @4B",
            "500000 gdp growth ytd 2024-06 5% @4C",
            "500000 gdp growth ytd 2024-09 4.8% @4D",
            "500000 gdp growth ytd 2024-12 5% @4E",
        ],
        [],
    ),
    (
        "a year printed once",
        "年份,月份,出口总值（亿美元）\n2024,1,3000\n,2,2200\n,3,2796\n",
        [
            "500000 exports total month 2024-01 3000亿美元 @2C",
            "500000 exports total month 2024-02 2200亿美元 @3C",
            "500000 exports total month 2024-03 2796亿美元 @4C",
        ],
        [],
    ),
    (
        "regions in columns",
        "指标：地区生产总值(亿元)\n"
        "时间,北京市,重庆市,上海市\n"
        "2023年,43760.7,30145.79,47218.66\n"
        "2022年,41540.9,29129,44809.1\n",
        [
            "110000 gdp total ytd 2023-12 43760.7亿元 @3B",
            "500000 gdp total ytd 2023-12 30145.79亿元 @3C",
            "310000 gdp total ytd 2023-12 47218.66亿元 @3D",
            "110000 gdp total ytd 2022-12 41540.9亿元 @4B",
            "500000 gdp total ytd 2022-12 29129亿元 @4C",
            "310000 gdp total ytd 2022-12 44809.1亿元 @4D",
        ],
        [],
    ),
    (
        "a note between two rows",
        "指标,2024年3月,2024年2月\n"
        "社会消费品零售总额累计值(亿元),120327,81307\n"
        "注：2月为1-2月,,\n"
        "社会消费品零售总额累计增长(%),4.7,5.5\n",
        [
            "500000 retail total ytd 2024-03 120327亿元 @2B",
            "500000 retail total ytd 2024-02 81307亿元 @2C",
            "500000 retail growth ytd 2024-03 4.7% @4B",
            "500000 retail growth ytd 2024-02 5.5% @4C",
        ],
        [],
    ),
    (
        "last year's figures beside this year's",
        "2024年1-5月财政\n"
        "单位：万元\n"
        "项目,本年累计,上年同期,增减额,增长%\n"
        "一般公共预算收入,102000,99000,3000,3.0\n",
        [],
        ["unknown_indicator 4A"],
    ),
    (
        "an empty column in front",
        ",,,\n"
        ",指标,2024年3月,2024年2月\n"
        ",社会消费品零售总额累计值(亿元),120327,81307\n"
        ",,,\n"
        ",社会消费品零售总额累计增长(%),4.7,5.5\n",
        [
            "500000 retail total ytd 2024-03 120327亿元 @3C",
            "500000 retail total ytd 2024-02 81307亿元 @3D",
            "500000 retail growth ytd 2024-03 4.7% @5C",
            "500000 retail growth ytd 2024-02 5.5% @5D",
        ],
        [],
    ),
    (
        "years over months",
        "2024年主要指标\n"
        "指标,2024年,,,2023年,,\n"
        ",1-2月,1-3月,1-4月,1-2月,1-3月,1-4月\n"
        "社会消费品零售总额(亿元),81307,120327,156026,77067,114922,149833\n",
        [
            "500000 retail total ytd 2024-02 81307亿元 @4B",
            "500000 retail total ytd 2024-03 120327亿元 @4C",
            "500000 retail total ytd 2024-04 156026亿元 @4D",
            "500000 retail total ytd 2023-02 77067亿元 @4E",
            "500000 retail total ytd 2023-03 114922亿元 @4F",
            "500000 retail total ytd 2023-04 149833亿元 @4G",
        ],
        [],
    ),
    (
        "quarters as numbers",
        "年份,季度,国内生产总值累计值(亿元)\n2024,1,296299\n2024,2,616836\n",
        ["500000 gdp total ytd 2024-03 296299亿元 @2C", "500000 gdp total ytd 2024-06 616836亿元 @3C"],
        [],
    ),
    (
        "a budget table",
        "大渡口区2024年1-10月财政收支情况表\n"
        "单位：万元、%\n"
        "项目,年初预算数,本月完成,累计完成,上年同期,增减额,增减%,完成预算%\n"
        "一般公共预算收入,260000,21000,215000,205000,10000,4.9,82.7\n"
        "  税收收入,150000,12000,120000,118000,2000,1.7,80.0\n"
        "    增值税,60000,5000,51000,50000,1000,2.0,85\n",
        [],
        ["unknown_indicator 4A", "unknown_indicator 5A", "unknown_indicator 6A"],
    ),
    (
        "the year in the corner",
        "2024年,社会消费品零售总额(亿元),增长(%)\n1-2月份,20.1,5.5\n1-3月份,35.2,4.7\n上半年,75.3,5.0\n",
        [
            "500000 retail total ytd 2024-02 20.1亿元 @2B",
            "500000 retail growth ytd 2024-02 5.5% @2C",
            "500000 retail total ytd 2024-03 35.2亿元 @3B",
            "500000 retail growth ytd 2024-03 4.7% @3C",
            "500000 retail total ytd 2024-06 75.3亿元 @4B",
            "500000 retail growth ytd 2024-06 5% @4C",
        ],
        [],
    ),
    (
        "two tables beside each other",
        "2024年1-9月,,,,\n"
        "指标,1-9月,增速(%),指标,1-9月\n"
        "社会消费品零售总额(亿元),127.1,5.0,一般公共预算收入(亿元),20.1\n",
        ["500000 retail total ytd 2024-09 127.1亿元 @3B", "500000 retail growth ytd 2024-09 5% @3C"],
        ["unknown_indicator 3D"],
    ),
    (
        "a column for the measure",
        "指标,口径,2024年1-3月,2024年1-6月\n社会消费品零售总额,总量（亿元）,1.5,3.5\n,增速（%）,4.7,5\n",
        [
            "500000 retail total ytd 2024-03 1.5亿元 @2C",
            "500000 retail total ytd 2024-06 3.5亿元 @2D",
            "500000 retail growth ytd 2024-03 4.7% @3C",
            "500000 retail growth ytd 2024-06 5% @3D",
        ],
        [],
    ),
    (
        "a year before the name",
        "地区,2023年GDP（亿元）,2023年GDP增速（%）\n北京市,43760.7,5.2\n重庆市,30145.79,6.1\n",
        [
            "110000 gdp total ytd 2023-12 43760.7亿元 @2B",
            "110000 gdp growth ytd 2023-12 5.2% @2C",
            "500000 gdp total ytd 2023-12 30145.79亿元 @3B",
            "500000 gdp growth ytd 2023-12 6.1% @3C",
        ],
        [],
    ),
    (
        "months in rows, years in columns",
        "2022-2024年社会消费品零售总额累计同比（%）\n"
        "月份,2022年,2023年,2024年\n"
        "2月,6.7,3.5,5.5\n"
        "3月,3.3,5.8,4.7\n",
        [
            "500000 retail growth ytd 2022-02 6.7% @3B",
            "500000 retail growth ytd 2023-02 3.5% @3C",
            "500000 retail growth ytd 2024-02 5.5% @3D",
            "500000 retail growth ytd 2022-03 3.3% @4B",
            "500000 retail growth ytd 2023-03 5.8% @4C",
            "500000 retail growth ytd 2024-03 4.7% @4D",
        ],
        [],
    ),
    (
        "names over two header rows",
        "年份,地区生产总值,,社会消费品零售总额,\n"
        ",总量（亿元）,增速（%）,总量（亿元）,增速（%）\n"
        "2022,340.1,2.6,500.1,1.0\n"
        "2023,362.7,5.8,520.3,5.1\n",
        [
            "500000 gdp total ytd 2022-12 340.1亿元 @3B",
            "500000 gdp growth ytd 2022-12 2.6% @3C",
            "500000 retail total ytd 2022-12 500.1亿元 @3D",
            "500000 retail growth ytd 2022-12 1% @3E",
            "500000 gdp total ytd 2023-12 362.7亿元 @4B",
            "500000 gdp growth ytd 2023-12 5.8% @4C",
            "500000 retail total ytd 2023-12 520.3亿元 @4D",
            "500000 retail growth ytd 2023-12 5.1% @4E",
        ],
        [],
    ),
    (
        "units in a row of their own",
        "时间,社会消费品零售总额累计值,社会消费品零售总额累计增长\n"
        ",亿元,%\n"
        "2024年3月,120327,4.7\n"
        "2024年2月,81307,5.5\n",
        [
            "500000 retail total ytd 2024-03 120327亿元 @3B",
            "500000 retail growth ytd 2024-03 4.7% @3C",
            "500000 retail total ytd 2024-02 81307亿元 @4B",
            "500000 retail growth ytd 2024-02 5.5% @4C",
        ],
        [],
    ),
    (
        "each rate right of its amount",
        "2024年10月\n"
        "指标,1-10月（亿元）,增速（%）,10月（亿元）,增速（%）\n"
        "社会消费品零售总额,141.5,5.1,14.1,4.0\n",
        [
            "500000 retail total ytd 2024-10 141.5亿元 @3B",
            "500000 retail growth ytd 2024-10 5.1% @3C",
            "500000 retail total month 2024-10 14.1亿元 @3D",
            "500000 retail growth month 2024-10 4% @3E",
        ],
        [],
    ),
    (
        "a rate against last month between",
        "2024年10月\n"
        "指标,10月,比上月增长(%),1-10月,比上年同期增长(%)\n"
        "社会消费品零售总额(亿元),14.1,1.0,141.5,5.1\n",
        [
            "500000 retail total month 2024-10 14.1亿元 @3B",
            "500000 retail total ytd 2024-10 141.5亿元 @3D",
            "500000 retail growth ytd 2024-10 5.1% @3E",
        ],
        ["measure_not_kept 2C"],
    ),
    (
        "this year and last year",
        "2024年1-9月\n指标,今年,去年,增长(%)\n社会消费品零售总额(亿元),127,121,5.0\n",
        ["500000 retail total ytd 2024-09 127亿元 @3B", "500000 retail growth ytd 2024-09 5% @3D"],
        ["prior_year_figure 2C"],
    ),
    (
        "a rate that says of which amount it is",
        "2024年\n指标,10月当月,1—10月累计,累计增长（%）\n社会消费品零售总额（万元）,141000,1415000,5.1\n",
        [
            "500000 retail total month 2024-10 14.1亿元 @3B",
            "500000 retail total ytd 2024-10 141.5亿元 @3C",
            "500000 retail growth ytd 2024-10 5.1% @3D",
        ],
        [],
    ),
    (
        "a month under a title of ten",
        "大渡口区2024年1-10月经济指标\n指标,单位,10月,同比（%）\n社会消费品零售总额,亿元,14.1,4.0\n",
        [],
        ["ambiguous_basis 3A"],
    ),
    (
        "a title of two years",
        "2023-2024年主要指标\n指标,1-10月\n社会消费品零售总额（亿元）,141.5\n",
        [],
        ["period_without_year 2B"],
    ),
    (
        "a month that leaves open what it covers",
        "月份,2024年社会消费品零售总额(亿元),2023年社会消费品零售总额(亿元)\n3月,39020,37855\n",
        [],
        ["ambiguous_basis 1B", "ambiguous_basis 1C"],
    ),
]


@pytest.mark.parametrize(("what", "text", "expected", "said"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_as_it_comes_is_read_as_a_careful_person_reads_it(
    tmp_path: Path, what: str, text: str, expected: list[str], said: list[str], encoding: str
) -> None:
    reading = read_text(tmp_path, text, encoding=encoding)
    assert (figures(reading), complaints(reading)) == (expected, said), what
