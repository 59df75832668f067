drop table ben;
