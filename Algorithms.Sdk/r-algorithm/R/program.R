# The command line of an algorithm's program, and one run from its run.json to its exit code. R cannot handle SIGTERM: it
# ends by it, which the node counts as 143.

exit_codes <- list(succeeded = 0, failed = 1, usage = 2, gateway_lost = 4, run_file_invalid = 5)

#' The program: runs what VANTAGE_RUN or the command line names, and ends with the contract's exit code.
vantage_main <- function(algorithm, words = commandArgs(trailingOnly = TRUE)) {
  quit(save = "no", status = program(algorithm, words), runLast = FALSE)
}

program <- function(algorithm, words) {
  named <- Sys.getenv("VANTAGE_RUN")
  if (length(words) == 0 && nzchar(named)) return(run_program(algorithm, named))
  if (length(words) == 2 && words[1] == "run") return(run_program(algorithm, words[2]))
  said <- if (identical(words, "manifest")) vantage_manifest(algorithm)
    else if (identical(words, "catalogue")) sprintf("%s\n    %s", reference_of(algorithm), algorithm$description)
    else if (identical(words, c("catalogue", "--json"))) {
      entry <- list(ref = reference_of(algorithm), manifest = manifest_of(algorithm))
      rawToChar(json_write(list(v = 1, algorithms = list(entry))))
    }
  if (is.null(said)) {
    message("usage: run <path to run.json>   run one function; without a command, what VANTAGE_RUN names\n",
            "       manifest                 what the image's label org.vantage.algorithm says\n",
            "       catalogue [--json]       the same with a reference to exactly this code, for a node whose worker it is\n",
            "exit codes: 0 the result was accepted, 1 the run failed and the node was told why, 2 usage,\n",
            "            4 the Gateway could not be reached, 5 run.json cannot be read, 143 cancelled")
    return(exit_codes$usage)
  }
  cat(said, "\n", sep = "")
  exit_codes$succeeded
}

run_program <- function(algorithm, path) tryCatch({
    file <- read_run_file(path)
    gateway <- gateway_of(file$gateway)
    if (isTRUE(file$warm)) run_warm(algorithm, file, gateway) else run_function(algorithm, file, gateway)
  },
  vantage_run_file_invalid = function(e) complain(e, exit_codes$run_file_invalid),
  vantage_gateway_lost = function(e) complain(e, exit_codes$gateway_lost))

complain <- function(condition, code) {
  message(conditionMessage(condition))
  code
}

# VANTAGE_RUN names the file in a container, and the folder it lies in where a node runs processes.
read_run_file <- function(path) {
  if (dir.exists(path)) path <- file.path(path, "run.json")
  file <- tryCatch(json_read(read_bytes(path)), error = function(e) {
    run_file_invalid(sprintf("%s cannot be read: %s", path, conditionMessage(e)))
  })
  needed <- c("v", "algorithm", "data", "gateway", "limits", if (!isTRUE(file$warm)) c("function", "arguments"))
  if (!is.list(file) || !all(needed %in% names(file))) run_file_invalid(sprintf("%s cannot be read: members are missing.", path))
  if (!identical(as.numeric(file$v), 1)) {
    run_file_invalid(sprintf("%s is of version %s of the algorithm contract, this kit speaks 1.", path, file$v))
  }
  if (!isTRUE(file$gateway$kind %in% c("unix-http", "stdio-http"))) {
    run_file_invalid(sprintf("%s names a Gateway of kind '%s', this kit speaks 'unix-http' and 'stdio-http'.", path,
                             file$gateway$kind))
  }
  file
}

# One call after the other until there are no more, or one of them fails: after a fault nothing of this process is used
# again.
run_warm <- function(algorithm, file, gateway) {
  repeat {
    call <- gateway$next_call()
    if (is.null(call)) return(exit_codes$succeeded)
    file$`function` <- call$`function`
    ended <- run_function(algorithm, file, gateway, charToRaw(enc2utf8(call$arguments)))
    if (ended != exit_codes$succeeded) return(ended)
  }
}

# What a condition says may come from the data: it goes to the node, which seals it, and nowhere else.
run_function <- function(algorithm, file, gateway, given = read_bytes(file$arguments)) tryCatch({
    check_reference(algorithm, file$algorithm)
    asked <- algorithm$functions[[file$`function`]]
    if (is.null(asked)) {
      run_failed("algorithm-unknown", sprintf("'%s' has no function '%s'. It has: %s.", algorithm$name, file$`function`,
                                              paste(names(algorithm$functions), collapse = ", ")))
    }
    context <- new_context(gateway, or(file$site, "this site"), file$limits, file$disclosure)
    arguments <- arguments_read(asked$arguments, given)
    result <- do.call(asked$body, c(arguments, given_of(asked, file, gateway, context)), quote = TRUE)
    if (!is.null(result) || is.null(context$sizes$result)) vantage_write(context, bytes_of(asked, result))
    exit_codes$succeeded
  },
  vantage_gateway_lost = function(e) stop(e),
  error = function(e) {
    gateway$error(failure_of(e, file$`function`))
    exit_codes$failed
  })

given_of <- function(asked, file, gateway, context) {
  given <- lapply(asked$given, function(name) switch(name,
    context = context,
    federation = {
      if (length(file$sites) == 0) {
        run_failed("sites-failed", sprintf(
          "'%s' is a central function, and this run has nobody that it may ask: its task delegates nothing.", asked$name))
      }
      new_federation(gateway, file$sites)
    },
    tables = tables_of(file),
    table = single_table(tables_of(file))))
  stats::setNames(given, asked$given)
}

tables_of <- function(file) stats::setNames(lapply(file$data, new_table), vapply(file$data, function(d) d$label, ""))

single_table <- function(tables) {
  if (length(tables) == 1) return(tables[[1]])
  data_invalid(paste0("This function needs one table, and the task names ", if (length(tables) == 0) "no data."
    else sprintf("%d: %s.", length(tables), paste0("'", names(tables), "'", collapse = ", "))))
}

bytes_of <- function(asked, result) {
  if (is.raw(result)) return(result)
  if (is.null(result)) run_failed("algorithm-no-output", sprintf("'%s' ended without a result.", asked$name))
  tryCatch(json_write(result), vantage_json = function(e) {
    run_failed("algorithm-failed", sprintf("The result of '%s': %s.", asked$name, conditionMessage(e)))
  })
}

# An image or bundle was checked by the node before it started. A node's own worker has to be exactly what was asked.
check_reference <- function(algorithm, asked) {
  if (startsWith(asked, "builtin:") && asked != (held <- reference_of(algorithm))) {
    run_failed("algorithm-unknown", sprintf(paste(
      "The task asks for %s, and this node has %s. Ask with a catalogue of the release that the node runs,",
      "or have the node updated."), asked, held))
  }
}

read_bytes <- function(path) {
  if (!file.exists(path)) stop("there is no such file")
  readBin(path, "raw", file.size(path))
}
