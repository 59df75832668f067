/**
 * Generation of new revisions: what differs between the head and the model, the scripts that lead
 * from one to the other and back, and the proof that they do.
 */
package dev.migrate.generate;
