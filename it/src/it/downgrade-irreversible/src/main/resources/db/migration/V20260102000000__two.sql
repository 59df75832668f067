-- Two
--
-- revision: 20260102000000
-- revises:  20260101000000
-- downgrade: none

create table two (id int);
