create table three (id int);

alter table three
  add colum x int;
