-- Ann
--
-- revision: 20260102000000
-- revises:  20260101000000
-- labels:   ann

create table ann (id int);
