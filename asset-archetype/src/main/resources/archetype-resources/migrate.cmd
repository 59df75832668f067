@echo off
rem The goals of this project's database, without Maven's lines: migrate help tells how.
setlocal EnableExtensions DisableDelayedExpansion

if "%~1"=="" goto usage
if /i "%~1"=="help" goto usage
set "MIGRATE_GOAL=%~1"
shift

rem What stands without a name has one, which depends on the goal.
set "MIGRATE_NAME="
for %%g in (generate revision) do if /i "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=message"
for %%g in (upgrade downgrade stamp squash) do if /i "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=to"
for %%g in (show rebase) do if /i "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=revision"
for %%g in (history lint) do if /i "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=range"
if /i "%MIGRATE_GOAL%"=="merge" set "MIGRATE_NAME=revisions"
if /i "%MIGRATE_GOAL%"=="restore" set "MIGRATE_NAME=backupName"

rem The first word without a dash is that; options (-Dmigrate.dryRun=true) go to Maven as they are.
set "MIGRATE_WHAT="
set "MIGRATE_OPTIONS="
:next
if "%~1"=="" goto run
set "MIGRATE_WORD=%~1"
if "%MIGRATE_WORD%"=="-m" (
  set "MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "-Dmigrate.message=%~2""
  shift
  shift
  goto next
)
rem Without quotes, the command interpreter takes -Dname=value apart at the sign.
if not "%MIGRATE_WORD:~0,2%"=="-D" goto other
echo "%MIGRATE_WORD%" | findstr /c:"=" > nul
if not errorlevel 1 goto other
set "MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "%~1=%~2""
shift
shift
goto next
:other
if "%MIGRATE_WORD:~0,1%"=="-" if not "%MIGRATE_WORD%"=="-1" (
  set "MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "%~1""
  shift
  goto next
)
if "%MIGRATE_NAME%"=="" (
  echo migrate %MIGRATE_GOAL% takes nothing without a name: "%MIGRATE_WORD%" is not understood. 1>&2
  exit /b 2
)
if defined MIGRATE_WHAT (
  set "MIGRATE_WHAT=%MIGRATE_WHAT%,%MIGRATE_WORD%"
) else (
  set "MIGRATE_WHAT=%MIGRATE_WORD%"
)
shift
goto next

:run
if defined MIGRATE_WHAT set "MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "-Dmigrate.%MIGRATE_NAME%=%MIGRATE_WHAT%""
set "MIGRATE_MAVEN=mvn"
if exist "%~dp0mvnw.cmd" set "MIGRATE_MAVEN=%~dp0mvnw.cmd"
pushd "%~dp0"
call "%MIGRATE_MAVEN%" "-Dorg.slf4j.simpleLogger.logFile=System.err" "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn" "-Dmaven.logger.logFile=System.err" "-Dmaven.logger.defaultLogLevel=warn" migrate:%MIGRATE_GOAL% %MIGRATE_OPTIONS%
set "MIGRATE_STATUS=%ERRORLEVEL%"
popd
exit /b %MIGRATE_STATUS%

:usage
echo usage: migrate GOAL [WHAT] [-m MESSAGE] [-Dmigrate.NAME=VALUE]...
echo   migrate current ^| history ^| heads ^| branches ^| check ^| diff ^| verify
echo   migrate generate "Add phone"      migrate revision "Fill phone"
echo   migrate upgrade [REVISION]        migrate downgrade [REVISION]
echo   migrate show [REVISION]           migrate stamp REVISION
echo   migrate backup ^| backups          migrate restore [BACKUP]
echo mvn migrate:help lists all goals.
