drop table thing;
