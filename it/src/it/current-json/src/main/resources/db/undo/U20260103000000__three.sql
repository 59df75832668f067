drop table three;
