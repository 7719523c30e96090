-- one row per candidate in focus: its figure, with what the rules ask of its indicator
select
    figure.*,
    candidate.measure,
    candidate.basis,
    candidate.is_whole
from figure
inner join candidate on candidate.row_id = figure.row_id
semi join focus on focus.row_id = candidate.row_id
