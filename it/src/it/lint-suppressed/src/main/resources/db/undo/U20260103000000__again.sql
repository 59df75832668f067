drop index thing_again;
