# Whole analyses: partials at the sites, the central part in the vantage command or, with central_at, at a node.

vantage_run <- function(conn, algorithm, arguments = list(), data = NULL, collaboration = NULL, study = NULL,
                        organizations = NULL, accept_missing = FALSE, central_at = NULL, purpose = NULL, project = NULL,
                        lifetime = NULL, time = NULL, memory = NULL, session = NULL, frames = NULL, dictionary = NULL) {
  words <- c("task", "run", "--wait", "--algorithm", algorithm, run_words(
    data, frames, dictionary, organizations, accept_missing, `--collaboration` = collaboration, `--study` = study,
    `--central-at` = central_at, `--purpose` = purpose, `--project` = project, `--lifetime` = lifetime, `--time` = time,
    `--memory` = memory, `--session` = session))
  as_result(run_command(conn, words, arguments))
}

# Many questions at once, in as few rounds as the longest of them takes. Each is list(algorithm = , arguments = ); the
# answers come in their order and under their names: a result each, or the condition that says why there is none.
vantage_together <- function(conn, questions, data = NULL, collaboration = NULL, study = NULL, organizations = NULL,
                             accept_missing = FALSE, purpose = NULL, project = NULL, lifetime = NULL, time = NULL,
                             memory = NULL, session = NULL, frames = NULL, dictionary = NULL) {
  if (length(questions) == 0) return(list())
  lines <- vapply(questions, function(one) {
    paste0("{\"algorithm\":", jsonlite::toJSON(one$algorithm, auto_unbox = TRUE), ",\"arguments\":",
           to_json(one$arguments), "}")
  }, "")
  told <- run_lines(conn, c("task", "together"), lines, run_words(
    data, frames, dictionary, organizations, accept_missing, `--collaboration` = collaboration, `--study` = study,
    `--purpose` = purpose, `--project` = project, `--lifetime` = lifetime, `--time` = time, `--memory` = memory,
    `--session` = session))
  answers <- vector("list", length(questions))
  names(answers) <- names(questions)
  for (line in told) answers[[line$question]] <- result_or_condition(line)
  answers
}

result_or_condition <- function(line) {
  wrong <- line$problem
  if (is.null(wrong)) return(as_result(line$answer))
  what <- if (is.null(wrong[["detail"]])) wrong[["code"]] else wrong[["detail"]]
  tryCatch(fail(wrong[["code"]], what, wrong[["next"]], wrong[["errors"]], line$answer), error = function(e) e)
}

run_words <- function(data, frames, dictionary, organizations, accept_missing, ...) {
  words <- character()
  options <- list(...)
  for (name in names(options)) {
    if (!is.null(options[[name]])) words <- c(words, name, format(options[[name]], scientific = FALSE))
  }
  words <- c(words, labelled("--data", data), labelled("--frame", frames), labelled("--dictionary", dictionary))
  for (one in organizations) words <- c(words, "--organization", one)
  if (accept_missing) c(words, "--accept-missing") else words
}

vantage_summary <- function(conn, columns = NULL, data = NULL, ...) {
  vantage_run(conn, "summary", if (is.null(columns)) list() else list(columns = as.list(columns)), data, ...)
}

vantage_crosstab <- function(conn, rows, columns = NULL, layers = NULL, data = NULL, include_missing = FALSE, ...) {
  arguments <- list(rows = rows)
  arguments$columns <- columns
  arguments$layers <- layers
  if (include_missing) arguments$includeMissing <- TRUE
  vantage_run(conn, "crosstab", arguments, data, ...)
}

vantage_glm <- function(formula, conn, family = stats::gaussian(), data = NULL, weights = NULL, reference = NULL,
                        confidence_level = NULL, max_iterations = NULL, tolerance = NULL, ...) {
  if (is.character(family)) family <- get(family, mode = "function", envir = parent.frame())
  if (is.function(family)) family <- family()
  links <- list(gaussian = "identity", binomial = "logit", poisson = "log", Gamma = c("inverse", "log"))
  if (!(family$link %in% links[[family$family]])) {
    fail("request-invalid", paste0("There is no ", family$family, " model with the link ", family$link, "."),
         paste("There are gaussian() with identity, binomial() with logit, poisson() with log, Gamma() with inverse or log;",
               "vantage_negbin for negative binomial models."))
  }
  if (inherits(weights, "formula")) weights <- all.vars(weights)
  arguments <- list(formula = formula_text(formula))
  arguments$weights <- weights
  arguments$reference <- if (is.null(reference)) NULL else as.list(reference)
  arguments$confidenceLevel <- confidence_level
  arguments$maxIterations <- max_iterations
  arguments$tolerance <- tolerance
  arguments$link <- if (family$family == "Gamma") family$link
  analysis <- c(gaussian = "linear", binomial = "logistic", poisson = "poisson", Gamma = "gamma")[[family$family]]
  fit <- vantage_run(conn, analysis, arguments, data, ...)
  # Beside the answer, which stays as it came.
  structure(fit, formula = formula)
}
