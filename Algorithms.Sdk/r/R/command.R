# The vantage command does everything that needs keys. Its --json line is the answer, its problem a condition.

find_command <- function(named = NULL) {
  wanted <- if (is.null(named)) Sys.getenv("VANTAGE_CLI") else named
  found <- if (nzchar(wanted)) wanted else unname(Sys.which("vantage"))
  if (!nzchar(found) || !file.exists(found)) {
    fail("program-missing",
         if (nzchar(wanted)) paste0("There is no command ", wanted, ".") else "The vantage command is not on the PATH.",
         "Install it, put it on the PATH, or name it with VANTAGE_CLI=/path/to/vantage.")
  }
  normalizePath(found)
}

run_command <- function(conn, words, arguments = NULL) {
  said <- say_command(conn, words, if (!is.null(arguments)) to_json(arguments), "--args-file")
  answer(said$code, said$output, said$errors)
}

# All lines of a command that takes a file of questions after its verb.
run_lines <- function(conn, verb, lines, words) {
  said <- say_command(conn, words, lines, verb)
  told <- said$output[startsWith(said$output, "{")]
  if (length(told) == 0) return(list(answer(said$code, said$output, said$errors)))
  lapply(told, jsonlite::fromJSON, simplifyVector = FALSE)
}

# The file goes after `before`, which begins the words unless it is an option.
say_command <- function(conn, words, lines, before) {
  folder <- tempfile("vantage-")
  dir.create(folder, mode = "0700")
  on.exit(unlink(folder, recursive = TRUE))
  output <- file.path(folder, "output")
  errors <- file.path(folder, "errors")
  if (!is.null(lines)) {
    # Not over the command line, which everybody on this machine can see.
    file <- file.path(folder, "arguments.json")
    writeLines(enc2utf8(lines), file, useBytes = TRUE)
    words <- if (startsWith(before[1], "-")) c(words, before, file) else c(before, file, words)
  }
  if (!is.null(conn$home)) words <- c(words, "--home", path.expand(conn$home))
  if (!is.null(conn$profile)) words <- c(words, "--profile", conn$profile)
  code <- system2(conn$command, shQuote(c(words, "--json", "--yes")), stdout = output, stderr = errors, stdin = "")
  list(code = code, output = read_text(output), errors = read_text(errors))
}

answer <- function(code, output, errors) {
  found <- last_object(output)
  problem <- if (code == 0) NULL else last_object(errors)
  if (!is.null(problem[["code"]])) {
    what <- if (is.null(problem[["detail"]])) problem[["code"]] else problem[["detail"]]
    fail(problem[["code"]], what, problem[["next"]], problem[["errors"]], found)
  }
  if (!is.null(found)) return(found)
  fail("internal", paste0("The vantage command ended with ", code, " and said nothing that can be read: ",
                          paste(utils::tail(errors, 3), collapse = " ")),
       "See that package and command are of one release.")
}

last_object <- function(lines) {
  line <- utils::tail(lines[startsWith(lines, "{")], 1)
  if (length(line) == 0) return(NULL)
  tryCatch(jsonlite::fromJSON(line, simplifyVector = FALSE), error = function(e) NULL)
}

read_text <- function(file) readLines(file, warn = FALSE, encoding = "UTF-8")

to_json <- function(value) {
  if (length(value) == 0) return("{}")
  as.character(jsonlite::toJSON(exact(value), auto_unbox = TRUE, json_verbatim = TRUE, null = "null"))
}

# 17 digits, so that a number arrives as the very same one; jsonlite itself stops at 15.
exact <- function(value) {
  if (is.list(value)) return(lapply(value, exact))
  is_number <- is.double(value) && length(value) == 1 && is.finite(value)
  if (is_number) structure(sprintf("%.17g", value), class = "json") else value
}
