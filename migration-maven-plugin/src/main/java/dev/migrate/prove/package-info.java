/**
 * What is tried before it is written: the model and the revisions on scratch databases, the scripts
 * that lead from one to the other, and the proof that they do.
 */
package dev.migrate.prove;
