package dev.migrate.loss;

import java.util.Set;

/** Constants for the kinds of statements and objects, as PostgreSQL's grammar names them. */
final class StatementKinds {
  /** What defines something, and neither has rows in it nor runs an expression. */
  static final Set<String> DEFINITIONS =
      Set.of(
          "AlterCollationStmt",
          "AlterDatabaseSetStmt",
          "AlterDatabaseStmt",
          "AlterDefaultPrivilegesStmt",
          "AlterEnumStmt",
          "AlterEventTrigStmt",
          "AlterExtensionContentsStmt",
          "AlterFdwStmt",
          "AlterForeignServerStmt",
          "AlterFunctionStmt",
          "AlterObjectDependsStmt",
          "AlterOperatorStmt",
          "AlterOwnerStmt",
          "AlterPublicationStmt",
          "AlterRoleSetStmt",
          "AlterRoleStmt",
          "AlterStatsStmt",
          "AlterTSConfigurationStmt",
          "AlterTSDictionaryStmt",
          "AlterTableMoveAllStmt",
          "AlterTypeStmt",
          "AlterUserMappingStmt",
          "CommentStmt",
          "CompositeTypeStmt",
          "CreateAmStmt",
          "CreateConversionStmt",
          "CreateEnumStmt",
          "CreateExtensionStmt",
          "CreateFdwStmt",
          "CreateForeignServerStmt",
          "CreateOpFamilyStmt",
          "CreatePLangStmt",
          "CreatePublicationStmt",
          "CreateRangeStmt",
          "CreateRoleStmt",
          "CreateSeqStmt",
          "CreateTableSpaceStmt",
          "CreateUserMappingStmt",
          "CreatedbStmt",
          "DropRoleStmt",
          "DropUserMappingStmt",
          "GrantRoleStmt",
          "GrantStmt",
          "ImportForeignSchemaStmt",
          "ReassignOwnedStmt",
          "SecLabelStmt");

  /** What has to do with the session, or only looks. */
  static final Set<String> PASSING =
      Set.of(
          "CheckPointStmt",
          "ClosePortalStmt",
          "ConstraintsSetStmt",
          "DeallocateStmt",
          "DeclareCursorStmt",
          "DiscardStmt",
          "FetchStmt",
          "ListenStmt",
          "LockStmt",
          "NotifyStmt",
          "UnlistenStmt",
          "VariableSetStmt",
          "VariableShowStmt");

  /** What has rows, or may be the type of a column that has some, or goes with much else. */
  static final Set<String> DROPPED_WITH_DATA =
      Set.of(
          "OBJECT_TABLE",
          "OBJECT_FOREIGN_TABLE",
          "OBJECT_SCHEMA",
          "OBJECT_TYPE",
          "OBJECT_DOMAIN",
          "OBJECT_SEQUENCE",
          "OBJECT_EXTENSION");

  static final Set<String> ALTERED_WITH_DATA =
      Set.of("AT_DropColumn", "AT_AlterColumnType", "AT_DropOids");

  private StatementKinds() {}
}
