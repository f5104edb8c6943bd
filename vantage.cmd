@echo off
rem The twin of ./vantage: the same script, run by the bash that comes with Git for Windows.
setlocal
set "VANTAGE_SCRIPT=%~dp0vantage"
call "%~dp0eng\bash.cmd" %*
exit /b %ERRORLEVEL%
