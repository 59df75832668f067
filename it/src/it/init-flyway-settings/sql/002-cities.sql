create table cities (id int not null);
