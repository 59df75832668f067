import dev.migrate.it.Sample

def sample = new Sample(basedir)
def up = sample.only(~/V\d+__fill_in_the_cost\.sql/)
def down = sample.only(~/U\d+__fill_in_the_cost\.sql/)
assert up.text.startsWith("-- Fill in the cost\n")
assert up.text.contains("-- revises:  20260101000000")
assert up.name.substring(1) == down.name.substring(1)
sample.says("fill_in_the_cost.sql", "label cost")
