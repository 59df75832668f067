delete from assets where id > 10;
