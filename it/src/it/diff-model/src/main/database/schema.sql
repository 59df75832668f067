create table one (id int, colour text);
