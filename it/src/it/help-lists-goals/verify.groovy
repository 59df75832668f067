import dev.migrate.it.Goals
import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("Reversible, proven database migrations for PostgreSQL", "This plugin has 25 goals")
assert Goals.all().size() == 25
for (goal in Goals.all()) {
  sample.says("migrate:" + goal)
}
