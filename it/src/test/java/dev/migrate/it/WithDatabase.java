package dev.migrate.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Tests that take a {@link Database}: each gets an empty one of its own, on one server for all. The
 * server is what {@code migrate:start} leaves running.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithDatabase.Resolver.class)
@interface WithDatabase {

  /** Gives out databases. */
  final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(Server.class))
          .getOrComputeIfAbsent(Server.class, key -> new Server(), Server.class)
          .create();
    }
  }

  /** The server of this run; it ends with the run. */
  final class Server implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final Project project;
    private final Database first;

    Server() {
      project = Project.sample("server");
      project
          .run(
              "migrate:start",
              "-Dmigrate.showPassword=true",
              "-Dmigrate.format=json",
              "-Dmigrate.output=target/server.json")
          .succeeds();
      JsonObject server =
          JsonParser.parseString(project.read("target/server.json")).getAsJsonObject();
      first =
          new Database(
              server.get("url").getAsString(),
              server.get("user").getAsString(),
              server.get("password").getAsString());
    }

    Database create() {
      String name = "it" + count.incrementAndGet();
      first.execute("create database " + name);
      return first.beside(name);
    }

    @Override
    public void close() {
      project.run("migrate:stop").succeeds().says("Stopped");
    }
  }
}
