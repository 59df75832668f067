drop table one;
