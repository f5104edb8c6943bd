@echo off
rem Runs a script of this repository with Git for Windows' bash. Not the bash.exe of System32: that one is WSL's,
rem another machine with another .NET. One script for all platforms, rather than a second one that drifts.
rem Wants the script's path in VANTAGE_SCRIPT, and hands on its own arguments.
setlocal
set "VANTAGE_SCRIPT=%VANTAGE_SCRIPT:\=/%"
set "VANTAGE_BASH="
for /f "delims=" %%G in ('where git 2^>nul') do if not defined VANTAGE_BASH if exist "%%~dpG..\bin\bash.exe" set "VANTAGE_BASH=%%~dpG..\bin\bash.exe"
if not defined VANTAGE_BASH if exist "%ProgramFiles%\Git\bin\bash.exe" set "VANTAGE_BASH=%ProgramFiles%\Git\bin\bash.exe"
if not defined VANTAGE_BASH if exist "%LocalAppData%\Programs\Git\bin\bash.exe" set "VANTAGE_BASH=%LocalAppData%\Programs\Git\bin\bash.exe"
if not defined VANTAGE_BASH (
  echo Git for Windows is missing; its bash runs the scripts of this repository. 1>&2
  echo Install it from https://gitforwindows.org and start again. 1>&2
  exit /b 1
)
"%VANTAGE_BASH%" "%VANTAGE_SCRIPT%" %*
exit /b %ERRORLEVEL%
