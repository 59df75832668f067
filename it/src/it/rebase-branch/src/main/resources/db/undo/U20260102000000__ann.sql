drop table ann;
