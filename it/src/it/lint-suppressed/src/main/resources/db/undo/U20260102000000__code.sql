drop index thing_code;
