package dev.migrate.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that takes a {@link Maven}: the one that runs this build, or, in the profile {@code
 * matrix}, one after the other each Maven on each Java that we promise to work with.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("matrix")
@TestTemplate
@ExtendWith(Matrix.class)
@interface OnEachMaven {}
