create table people (t text default '${tenant}');
