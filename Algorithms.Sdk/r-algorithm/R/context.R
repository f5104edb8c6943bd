# What a running function may do besides reading its arguments and data: a parameter called `context`.

new_context <- function(gateway, site, limits, disclosure = NULL) {
  structure(class = "vantage_context", list2env(parent = emptyenv(), list(
    gateway = gateway, site = site, limits = limits, disclosure = disclosure, sizes = list(), percent = -1)))
}

#' What the node lets leave, as run.json has it (a list with minimumCell and others); NULL where nothing is held back.
vantage_disclosure <- function(context) context$disclosure

#' Whether a count of so many rows may leave: hold it back (NULL) where not, or the node refuses the whole result.
vantage_may_show <- function(context, count) {
  rules <- context$disclosure
  is.null(rules) || count >= rules$minimumCell || (count == 0 && isTRUE(rules$zeroCellsPass))
}

#' Whether the sum of these numbers may leave: enough of them, and none nearly all of it. NA is passed over.
vantage_may_sum <- function(context, numbers) {
  rules <- context$disclosure
  sizes <- sum_sizes(numbers)
  rows <- sum(!is.na(numbers))
  if (is.null(rules) || rows == 0) return(TRUE)
  share <- or(rules$dominanceShare, 1)
  top <- min(sizes$total, sizes$largest + sizes$second * (or(rules$dominanceCount, 2) - 1))
  rows >= rules$minimumCell && !(sizes$total > 0 && share < 1 && top > share * sizes$total) &&
    !(sizes$total - sizes$largest - sizes$second < or(rules$pRatio, 0) * sizes$largest)
}

#' What shows the node that no number sticks out of a sum: return it beside the sum, as the member that the sum's
#' declaration names. The node takes it away.
vantage_evidence <- function(numbers) sum_sizes(numbers)

sum_sizes <- function(numbers) {
  sizes <- sort(abs(numbers[!is.na(numbers)]), decreasing = TRUE)
  list(total = sum(sizes), largest = if (length(sizes) > 0) sizes[1] else 0, second = if (length(sizes) > 1) sizes[2] else 0)
}

#' The name of the organization beside whose data the function runs.
vantage_site <- function(context) context$site

#' Tells how far the run is, 0 to 100. Anyone may see it: it must not depend on values in the data.
vantage_progress <- function(context, percent) {
  percent <- max(0, min(100, as.integer(percent)))
  if (percent != context$percent) {
    context$percent <- percent
    context$gateway$progress(percent)
  }
  invisible()
}

#' Adds to the run's log, which the node seals for those who may read it.
vantage_log <- function(context, ...) {
  text <- paste0(...)
  context$gateway$log(if (endsWith(text, "\n")) text else paste0(text, "\n"))
  invisible()
}

#' Hands out bytes as an output; "result" is the run's result.
vantage_write <- function(context, bytes, name = "result") {
  cap <- context$limits$outputBytes
  others <- sum(unlist(context$sizes[setdiff(names(context$sizes), name)]))
  if (others + length(bytes) > cap) output_too_large(cap)
  context$gateway$output(name, bytes, cap)
  context$sizes[[name]] <- length(bytes)
  invisible()
}
