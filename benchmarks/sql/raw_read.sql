-- one row per line of the month's files: read and inserted, nothing asked
create table figure as
select * from read_csv('$FILES', header = true, filename = true)
