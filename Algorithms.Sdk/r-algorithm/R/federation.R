# The sites as a central function sees them: a parameter called `federation`.

new_federation <- function(gateway, sites, algorithm = NULL) {
  structure(class = "vantage_federation", list(gateway = gateway, sites = unlist(sites), algorithm = algorithm))
}

#' Runs a function of this algorithm at every site and waits until each has ended; one answer for each site, in the order
#' of federation$sites: its site, outcome, and value or why. Be deterministic: a central function that is started again
#' finds what it asked before if it asks the same again.
vantage_ask <- function(federation, name, ...) {
  task <- federation$gateway$ask(name, list(...))
  ends <- federation$gateway$settled(task)
  Map(function(end, index) site_result(federation$gateway, task, end, index), ends, seq_along(ends) - 1L)
}

#' The values of all sites; fails, naming each site and its reason, if one has none. A statistic over fewer sites than
#' asked for answers another question.
vantage_values <- function(results) {
  missing <- Filter(function(r) r$outcome != "succeeded", results)
  if (length(missing)) {
    reasons <- vapply(missing, function(r) paste(r$site, r$why), "")
    run_failed("sites-failed", sprintf("%d of %d sites gave no result: %s",
                                       length(missing), length(results), paste(reasons, collapse = " | ")))
  }
  lapply(results, function(r) r$value)
}

site_result <- function(gateway, task, end, index) {
  failure <- end$failure
  outcome <- tolower(end$outcome)
  told <- function(why) list(site = end$site, outcome = outcome, value = NULL, why = why)
  switch(outcome,
    succeeded = list(site = end$site, outcome = "succeeded", value = json_read(gateway$result(task, index)), why = NULL),
    refused = told(sprintf("refused by its rule '%s': %s", or(end$rule, "no rule"), or(failure$message, "It gave no reason."))),
    cancelled = told("was cancelled."),
    expired = told("did not end in the time that the task allows."),
    lost = told("was lost: its node went away and the task says not to wait."),
    told(sprintf("failed (%s): %s", or(failure$code, "algorithm-failed"), or(failure$message, "It gave no reason."))))
}
