import dev.migrate.it.Goals
import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("Reversible, proven database migrations for PostgreSQL", "This plugin has ${Goals.all().size()} goals".toString())
for (goal in Goals.all()) {
  sample.says("migrate:" + goal)
}
