-- Take back: Create locations and people
--
-- revision: 20260105090000

drop table people;
drop table locations;
