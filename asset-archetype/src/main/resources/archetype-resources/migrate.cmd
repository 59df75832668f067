@echo off
rem The goals of this project's database, without Maven's lines: migrate help tells how.
rem The answer goes to standard output, what went wrong to standard error, the exit code is Maven's.
setlocal EnableExtensions DisableDelayedExpansion

if "%~1"=="" (
  call :usage 1>&2
  exit /b 2
)
set "MIGRATE_GOAL=%~1"
set "MIGRATE_NAME="
set "MIGRATE_WHAT="
set "MIGRATE_OPTIONS="
shift
if /i "%MIGRATE_GOAL%"=="-h" set "MIGRATE_GOAL=help"
if /i "%MIGRATE_GOAL%"=="--help" set "MIGRATE_GOAL=help"
set "MIGRATE_GOALS=backup backups branches check current diff downgrade generate heads help history init lint merge rebase rehearse restore revision show squash stamp start stop upgrade verify"
if not "%MIGRATE_GOAL%"=="help" goto goal
if "%~1"=="" goto usage
set "MIGRATE_WORD=%~1"
for %%g in (%MIGRATE_GOALS%) do if "%MIGRATE_WORD%"=="%%g" goto about
goto goalless
:about
set "MIGRATE_OPTIONS= -Dgoal=%~1 -Ddetail=true"
goto run
:goal
if "%MIGRATE_GOAL:~0,1%"=="-" (
  echo The goal comes first: migrate %MIGRATE_GOAL% is not understood. migrate help lists what is. 1>&2
  exit /b 2
)
set "MIGRATE_WORD=%MIGRATE_GOAL%"
for %%g in (%MIGRATE_GOALS%) do if "%MIGRATE_GOAL%"=="%%g" goto known
goto goalless
:known

rem What stands without a name has one, which depends on the goal.
for %%g in (generate revision) do if "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=message"
for %%g in (upgrade downgrade stamp squash) do if "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=to"
for %%g in (show rebase) do if "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=revision"
for %%g in (history lint) do if "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_NAME=range"
if "%MIGRATE_GOAL%"=="merge" set "MIGRATE_NAME=revisions"
if "%MIGRATE_GOAL%"=="restore" set "MIGRATE_NAME=backupName"

rem What is on or off. Any other option has a value, which an equals sign outside of quotes makes a word of its
rem own for this interpreter.
set "MIGRATE_SWITCHES=--backup-incomplete --backup-plain --backup-verify --dry-run --fail-on-difference --files-only --force --irreversible --lint-all --online --out-of-order --purge --restore-rights --show-password --skip --start-at-head --sweep --terminate-connections --trial --trust-target --verbose --verify-target"

rem Each word in turn.
:next
if "%~1"=="" goto run
set "MIGRATE_WORD=%~1"
set "MIGRATE_VALUE="
if "%MIGRATE_WORD%"=="-m" goto message
if "%MIGRATE_WORD%"=="--message" goto message
if not "%MIGRATE_WORD:~0,1%"=="-" goto what
for %%d in (0 1 2 3 4 5 6 7 8 9) do if "%MIGRATE_WORD:~1,1%"=="%%d" goto what
for /f "tokens=1* delims==" %%a in ("%MIGRATE_WORD%") do (
  set "MIGRATE_OPTION=%%a"
  set "MIGRATE_VALUE=%%b"
)
shift
if not "%MIGRATE_OPTION%"=="%MIGRATE_WORD%" goto option
if "%MIGRATE_WORD:~0,2%"=="--" goto value
if "%MIGRATE_WORD:~0,2%"=="-D" goto value
goto option
:value
for %%s in (%MIGRATE_SWITCHES%) do if "%MIGRATE_WORD%"=="%%s" goto switch
if "%~1"=="" (
  echo %MIGRATE_WORD% wants a value: %MIGRATE_WORD%=... 1>&2
  exit /b 2
)
set "MIGRATE_VALUE=%~1"
shift
goto option
:switch
if /i "%~1"=="true" goto spoken
if /i not "%~1"=="false" goto option
:spoken
set "MIGRATE_VALUE=%~1"
shift
:option
if "%MIGRATE_OPTION:~0,2%"=="--" goto long
if defined MIGRATE_VALUE set "MIGRATE_OPTION=%MIGRATE_OPTION%=%MIGRATE_VALUE%"
set MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "%MIGRATE_OPTION%"
goto next

:message
if "%~2"=="" (
  echo %MIGRATE_WORD% wants a message behind it. 1>&2
  exit /b 2
)
set MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "-Dmigrate.message=%~2"
shift
shift
goto next

rem --dry-run to -Dmigrate.dryRun=true
:long
if not defined MIGRATE_VALUE set "MIGRATE_VALUE=true"
for /f "tokens=1* delims=-" %%a in ("%MIGRATE_OPTION%") do (
  set "MIGRATE_OPTION=%%a"
  set "MIGRATE_REST=%%b"
)
:camel
if not defined MIGRATE_REST (
  set MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "-Dmigrate.%MIGRATE_OPTION%=%MIGRATE_VALUE%"
  goto next
)
for /f "tokens=1* delims=-" %%a in ("%MIGRATE_REST%") do (
  set "MIGRATE_WORD=%%a"
  set "MIGRATE_REST=%%b"
)
for %%c in (A B C D E F G H I J K L M N O P Q R S T U V W X Y Z) do if /i "%%c"=="%MIGRATE_WORD:~0,1%" set "MIGRATE_OPTION=%MIGRATE_OPTION%%%c%MIGRATE_WORD:~1%"
goto camel

:what
shift
if not defined MIGRATE_NAME goto nameless
if not defined MIGRATE_WHAT (
  set "MIGRATE_WHAT=%MIGRATE_WORD%"
  goto next
)
if "%MIGRATE_NAME%"=="message" goto words
if not "%MIGRATE_NAME%"=="revisions" goto second
set "MIGRATE_WHAT=%MIGRATE_WHAT%,%MIGRATE_WORD%"
goto next

rem Here, what was typed is not read as commands.
:goalless
setlocal EnableDelayedExpansion
echo There is no goal '!MIGRATE_WORD!'; migrate help lists what there is. 1>&2
exit /b 2
:nameless
setlocal EnableDelayedExpansion
echo migrate !MIGRATE_GOAL! takes nothing without a name: '!MIGRATE_WORD!' is not understood. 1>&2
exit /b 2
:words
setlocal EnableDelayedExpansion
echo A message of several words stands in quotes: migrate !MIGRATE_GOAL! "!MIGRATE_WHAT! !MIGRATE_WORD! ...". 1>&2
exit /b 2
:second
setlocal EnableDelayedExpansion
echo migrate !MIGRATE_GOAL! takes one of '!MIGRATE_WHAT!' and '!MIGRATE_WORD!'. 1>&2
exit /b 2

:run
if defined MIGRATE_WHAT set MIGRATE_OPTIONS=%MIGRATE_OPTIONS% "-Dmigrate.%MIGRATE_NAME%=%MIGRATE_WHAT%"

rem Who only looks wants the answer; who waits wants to see what is going on.
set "MIGRATE_LEVEL=info"
for %%g in (backups branches check current diff heads history show) do if "%MIGRATE_GOAL%"=="%%g" set "MIGRATE_LEVEL=warn"

rem Maven's wrapper, here or above, if the project has one; else the Maven of this machine.
pushd "%~dp0"
set "MIGRATE_MAVEN=mvn"
:folder
if exist mvnw.cmd (
  set "MIGRATE_MAVEN=%CD%\mvnw.cmd"
  goto found
)
set "MIGRATE_FOLDER=%CD%"
cd ..
if not "%CD%"=="%MIGRATE_FOLDER%" goto folder
:found
cd /d "%~dp0"

rem Short runs: the second compiler costs more than it gives. And no sequence that resets colours.
set "MAVEN_OPTS=-XX:TieredStopAtLevel=1 -Djansi.noreset=true %MAVEN_OPTS%"

rem Maven 3 and Maven 4 have two names for the same three settings.
call "%MIGRATE_MAVEN%" "-Dorg.slf4j.simpleLogger.logFile=System.err" "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn" "-Dorg.slf4j.simpleLogger.log.dev.migrate=%MIGRATE_LEVEL%" "-Dmaven.logger.logFile=System.err" "-Dmaven.logger.defaultLogLevel=warn" "-Dmaven.logger.log.dev.migrate=%MIGRATE_LEVEL%" "migrate:%MIGRATE_GOAL%"%MIGRATE_OPTIONS%
set "MIGRATE_STATUS=%ERRORLEVEL%"
popd
exit /b %MIGRATE_STATUS%

:usage
echo usage: migrate GOAL [WHAT] [OPTION]...
echo.
echo   migrate current                     where the database stands
echo   migrate history [RANGE]             the revisions, and which of them are applied
echo   migrate show [REVISION]             one revision, with its scripts
echo   migrate heads ^| branches
echo   migrate generate MESSAGE            the revision that brings the database to the model
echo   migrate revision MESSAGE            an empty revision, to be filled in by hand
echo   migrate merge [REVISION...] [-m MESSAGE]
echo   migrate upgrade [REVISION]          up to the head, or to a revision
echo   migrate downgrade [REVISION]        one revision back, or down to one, or to base
echo   migrate stamp REVISION              records where the database stands, runs nothing
echo   migrate check                       fails unless the database has all revisions
echo   migrate diff [--from=A] [--to=B]    what differs
echo   migrate backup ^| backups ^| restore [BACKUP]
echo   migrate lint ^| rehearse ^| verify ^| rebase ^| squash ^| init ^| start ^| stop
echo.
echo   --dry-run, --format=json, --url=U   every parameter of a goal: -Dmigrate.dryRun=true and so on
echo   -m MESSAGE                          the same as --message=MESSAGE
echo   -Dname=value, -o, -U, -X, -e        go to Maven as they are
echo.
echo   migrate help GOAL                   all parameters of a goal
echo.
echo The answer goes to standard output, progress and failures to standard error. Files in options are
echo looked for from the project's folder.
exit /b 0
