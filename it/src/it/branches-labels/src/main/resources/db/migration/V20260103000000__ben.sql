-- Ben
--
-- revision: 20260103000000
-- revises:  20260101000000
-- labels:   ben

create table ben (id int);
