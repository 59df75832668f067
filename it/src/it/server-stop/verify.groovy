new dev.migrate.it.Sample(basedir).says("Stopped")
