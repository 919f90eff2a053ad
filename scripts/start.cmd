@echo off
rem Opens the assistant. A double click will do; what is typed after it goes to service-group.
setlocal
set "PYTHON="
py -3 -c "" >nul 2>nul && set "PYTHON=py -3"
if not defined PYTHON python -c "" >nul 2>nul && set "PYTHON=python"
if not defined PYTHON (
  echo The assistant needs Python 3.11 or newer, and there is none on this computer.
  echo Get it from https://www.python.org/downloads/ or from your IT staff, then open this again.
  set "CODE=1"
  goto failed
)
%PYTHON% "%~dp0start.py" %*
set "CODE=%ERRORLEVEL%"
if "%CODE%"=="0" exit /b 0

:failed
rem A window that a double click opened would close at once, and take the message with it.
rem Without its quotation marks the line can be echoed whole, whatever signs the path has.
set "LINE=%CMDCMDLINE:"=%"
echo "%LINE%" | find /i "%~nx0" >nul && pause
exit /b %CODE%
