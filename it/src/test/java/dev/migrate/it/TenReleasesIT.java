package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An application that has Flyway and Java migrations, and this plugin beside it, through ten
 * releases. In some the application comes first and migrates when it starts, in others the plugin.
 * After each, Flyway finds nothing wrong and nothing to do, and so do {@code check} and {@code
 * verify}. Prints what each release took. Run by {@code mvn -Pthorough verify}: it takes minutes.
 */
@Thorough
@WithDatabase
@DisplayName("A Spring Boot application beside this plugin")
class TenReleasesIT {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>4.1.2</version>
          <relativePath/>
        </parent>
        <groupId>it.example</groupId>
        <artifactId>application</artifactId>
        <version>1</version>
        <properties><java.version>17</java.version></properties>
        <dependencies>
          <dependency>
            <groupId>org.springframework.boot</groupId>
            <artifactId>spring-boot-starter-flyway</artifactId>
          </dependency>
          <dependency>
            <groupId>org.flywaydb</groupId>
            <artifactId>flyway-database-postgresql</artifactId>
          </dependency>
          <dependency>
            <groupId>org.postgresql</groupId>
            <artifactId>postgresql</artifactId>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-maven-plugin</artifactId>
            </plugin>
            %s
          </plugins>
        </build>
      </project>
      """;

  private static final String MAIN =
      """
      package it.example;
      import org.flywaydb.core.Flyway;
      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.autoconfigure.SpringBootApplication;
      @SpringBootApplication
      public class Application {
        public static void main(String[] arguments) {
          try (var context = SpringApplication.run(Application.class, arguments)) {
            Flyway flyway = context.getBean(Flyway.class);
            flyway.validate();
            System.out.println("Pending: " + flyway.info().pending().length);
          }
        }
      }
      """;

  private static final String MIGRATIONS = "src/main/resources/db/migration/";
  private static final String JAVA = "src/main/java/db/migration/";

  private Project project;
  private Database database;
  private long began;

  @Test
  @DisplayName("agrees with it after each of ten releases")
  void tenReleases(Database target) {
    database = target;
    Project empty = Project.empty("ten-releases");
    project =
        empty
            .with(target.targetOf(empty.maven()))
            .write("pom.xml", POM.formatted(Project.plugin("")))
            .write("src/main/java/it/example/Application.java", MAIN)
            .write(
                "src/main/resources/application.properties",
                "spring.flyway.postgresql.transactional-lock=false\n");

    begin();
    script("V1__person", "create table person (id int primary key, name text not null);");
    script(
        "V2__rows",
        "begin;\ninsert into person values (1, 'Ada Lovelace'), (2, 'Alan Turing');\ncommit;");
    java(
        "V2_1__Split_names",
        "alter table person add given text, add family text",
        "update person set given = split_part(name, ' ', 1), family = split_part(name, ' ', 2)");
    build();
    start();
    migrate("init");
    agree("1, of the application, taken over");

    begin();
    java(
        "V3__Born",
        "alter table person add born varchar(20)",
        "update person set born = '1815-12-10'");
    script("V4__born", "alter table person alter born type date using born::date;");
    model("family text", "family text,\n    born date");
    build();
    start();
    agree("2, a Java migration, the application first");

    begin();
    script(
        "R__adults",
        "create or replace view adults as select id, family from person where born < '2000-01-01';");
    model(null, "create view adults as select id, family from person where born < '2000-01-01';");
    build();
    migrate("upgrade");
    start();
    agree("3, a repeatable, the plugin first");

    begin();
    model("born date", "born date,\n    email text");
    migrate("generate", "-Dmigrate.message=Email");
    build();
    migrate("upgrade");
    start();
    agree("4, a generated revision, the plugin first");

    begin();
    script("V4.1__hot_fix", "create table blocked (id int primary key);");
    model(null, "create table blocked (id int primary key);");
    build();
    project.run("migrate:upgrade").fails().says("SEVERAL_HEADS");
    migrate("merge", "-Dmigrate.message=Hot fix");
    String merged = newest();
    build();
    project.run("migrate:upgrade").fails().says("OUT_OF_ORDER");
    migrate("upgrade", "-Dmigrate.outOfOrder=true");
    start();
    agree("5, a hot fix below the newest");

    begin();
    String newest = "V" + (Long.parseLong(newest()) + 1);
    java(
        newest + "__Mails",
        "alter table person add mails int not null default 0",
        "update person set mails = 1 where email is null");
    model("email text", "email text,\n    mails int not null default 0");
    build();
    migrate("upgrade");
    start();
    agree("6, a Java migration, the plugin first");

    begin();
    model("2000-01-01", "1990-01-01");
    migrate("generate", "-Dmigrate.message=Older");
    build();
    start();
    agree("7, another text of the repeatable, the application first");

    begin();
    model("mails int not null default 0", "mails int not null default 0,\n    phone text");
    migrate("generate", "-Dmigrate.message=Phone");
    build();
    migrate("upgrade");
    migrate("downgrade", "-Dmigrate.to=-1");
    start();
    agree("8, taken back by the plugin, and applied again by the application");

    begin();
    script("afterMigrate", "select 1;");
    model(null, "create index person_family on person (family);");
    migrate("generate", "-Dmigrate.message=Find", "-Dmigrate.online=true");
    build();
    start();
    agree("9, an index beside a running application, which makes it");

    begin();
    migrate("squash", "-Dmigrate.to=" + merged, "-Dmigrate.message=Base");
    project.append(
        "src/main/resources/application.properties",
        "spring.flyway.ignore-migration-patterns=*:missing,*:future\n");
    build();
    start();
    agree("10, squashed up to the hot fix");
  }

  private void begin() {
    began = System.nanoTime();
  }

  private void script(String name, String sql) {
    project.write(MIGRATIONS + name + ".sql", sql + "\n");
  }

  private void java(String name, String... statements) {
    StringBuilder body = new StringBuilder();
    for (String one : statements) {
      body.append("      statement.execute(\"").append(one).append("\");\n");
    }
    project.write(
        JAVA + name + ".java",
        """
        package db.migration;
        import org.flywaydb.core.api.migration.BaseJavaMigration;
        import org.flywaydb.core.api.migration.Context;
        public class %s extends BaseJavaMigration {
          @Override
          public void migrate(Context context) throws Exception {
            try (var statement = context.getConnection().createStatement()) {
        %s    }
          }
        }
        """
            .formatted(name, body));
  }

  /** Edits the model; without something to replace it goes to the end. */
  private void model(String before, String after) {
    String model = "src/main/database/schema.sql";
    String text = project.read(model);
    if (before == null) {
      project.write(model, text + "\n" + after + "\n");
    } else {
      assertThat(text).contains(before);
      project.write(model, text.replace(before, after));
    }
  }

  private String newest() {
    List<String> names =
        project.files().stream()
            .filter(name -> name.matches(MIGRATIONS + "V\\d{14}__.*"))
            .sorted()
            .toList();
    return names.get(names.size() - 1).replaceAll(".*V(\\d{14})__.*", "$1");
  }

  private void build() {
    project.run("-q", "clean", "package").succeeds();
  }

  private void migrate(String goal, String... options) {
    List<String> words = new ArrayList<>(List.of("migrate:" + goal));
    words.addAll(List.of(options));
    project.run(words.toArray(String[]::new)).succeeds();
  }

  /** Flyway migrates, and validates what it finds then. */
  private void start() {
    Build started =
        project
            .maven()
            .shell(
                project.directory(),
                "java -jar target/application-1.jar --spring.datasource.url='%s'"
                        .formatted(database.url())
                    + " --spring.datasource.username='%s' --spring.datasource.password='%s'"
                        .formatted(database.user(), database.password()))
            .succeeds()
            .says("Pending: 0");
    assertThat(started.output()).doesNotContain("ERROR");
  }

  private void agree(String release) {
    migrate("check");
    Build verified = project.run("migrate:verify", "-Dmigrate.verifyTarget=true").succeeds();
    project.run("migrate:generate").succeeds().says("There is no difference");
    start();
    System.out.printf(
        "Release %s: %.0f s%n%s%n",
        release,
        (System.nanoTime() - began) / 1e9,
        verified
            .output()
            .lines()
            .filter(line -> line.matches(".*(passed|skipped|failed).*"))
            .toList());
  }
}
