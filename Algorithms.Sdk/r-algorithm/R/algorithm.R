# An algorithm: a name, a version, functions.

#' Named, versioned functions; an image holds one. Put functions into it with vantage_partial() and vantage_central().
#' `warm = TRUE` says that one process may do several calls of a job, one after the other: no call leaves anything behind,
#' in global variables or in scratch files, that a later one could mistake for its own.
vantage_algorithm <- function(name, version, description, warm = FALSE) {
  if (!grepl("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name)) stop(sprintf("'%s' is not an algorithm's name.", name))
  if (!grepl("^[0-9]+(\\.[0-9]+){0,2}$", version)) stop(sprintf("'%s' is not a version such as 1.0.0.", version))
  list(name = name, version = version, description = description, functions = list(), warm = warm)
}

#' A function that runs beside the data of one site. Its parameters are the arguments, each with its type in `arguments`,
#' and `table` (or `tables`, by label) and `context` if it wants them. What it returns leaves the site: a list, which
#' becomes JSON (a vector of one is a single value; I() keeps it an array), or raw bytes. `egress = "terminology"` names
#' places outside that it has to reach: a site whose policy grants all of them gives each a host and port and sets HTTP_PROXY
#' and HTTPS_PROXY, as download.file() follows them; any other refuses the run.
#' `result` is the result's JSON Schema as a list, each member with what it discloses: without it, every result waits for
#' a person at the site.
vantage_partial <- function(algorithm, name, description, body, arguments = list(), egress = character(), result = NULL) {
  add_function(algorithm, "partial", name, description, body, arguments, c("table", "tables", "context"), egress, result)
}

#' A function that asks the sites and puts their results together; it sees no data. `federation` and `context` are given.
#' `egress` and `result` as for vantage_partial().
vantage_central <- function(algorithm, name, description, body, arguments = list(), egress = character(), result = NULL) {
  add_function(algorithm, "central", name, description, body, arguments, c("federation", "context"), egress, result)
}

add_function <- function(algorithm, kind, name, description, body, arguments, given, egress, result) {
  if (!grepl("^[a-z][a-z0-9-]{0,63}$", name)) stop(sprintf("'%s' is not a function's name: a-z, 0-9 and '-', a letter first.", name))
  if (!is.null(algorithm$functions[[name]])) stop(sprintf("'%s' has a function '%s' already.", algorithm$name, name))
  odd <- setdiff(names(formals(body)), c(names(arguments), given))
  odd <- c(odd, setdiff(names(arguments), names(formals(body))))
  if (length(odd)) stop(sprintf("'%s' of '%s': each parameter has its type in `arguments`, and each of these is a parameter.", odd[1], name))
  strange <- egress[!grepl("^[a-z][a-z0-9-]{0,63}$", egress)]
  if (length(strange)) stop(sprintf("'%s' is not a place's name: a-z, 0-9 and '-', a letter first. Its host and port are each site's to say.", strange[1]))
  algorithm$functions[[name]] <- list(
    egress = egress, result = result, kind = kind, name = name, description = description, body = body, arguments = arguments,
    given = intersect(names(formals(body)), given))
  algorithm
}

#' What catalogues, policies and nodes know of it; the image label org.vantage.algorithm. JSON text.
vantage_manifest <- function(algorithm) rawToChar(json_write(manifest_of(algorithm)))

manifest_of <- function(algorithm) c(list(
  v = 1, name = algorithm$name, version = algorithm$version, description = algorithm$description,
  functions = unname(lapply(algorithm$functions, function(f) {
    need <- list(name = "table", description = "The rows to compute over.")
    columns <- arguments_columns(f$arguments)
    if (length(columns)) need$columnArguments <- as.list(columns)
    c(list(name = f$name, kind = f$kind, description = f$description, arguments = arguments_schema(f$arguments),
           data = if (f$kind == "central") list() else list(need)),
      if (!is.null(f$result)) list(result = f$result),
      if (length(f$egress)) list(egress = as.list(f$egress)))
  }))), if (isTRUE(algorithm$warm)) list(warm = TRUE))
