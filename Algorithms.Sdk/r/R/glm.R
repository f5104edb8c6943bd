# The methods that a fitted model has in R. All numbers are the federation's own; nothing is estimated here.

coef.vantage_glm <- function(object, ...) numbers(object$result$coefficients)

vcov.vantage_glm <- function(object, ...) {
  terms <- names(object$result$coefficients)
  rows <- lapply(object$result$covariance, numbers)
  # Collinear terms may have no place in the covariance.
  if (length(rows) < length(terms)) terms <- setdiff(terms, unlist(object$result$collinear))
  matrix(unlist(rows), length(terms), byrow = TRUE, dimnames = list(terms, terms))
}

confint.vantage_glm <- function(object, parm, level = object$result$confidenceLevel, ...) {
  estimate <- coef(object)
  if (isTRUE(all.equal(level, object$result$confidenceLevel))) {
    given <- object$result$confidenceIntervals
    ends <- function(which) numbers(lapply(given, function(pair) if (is.null(pair)) NULL else pair[[which]]))
    interval <- cbind(ends(1), ends(2))
  } else {
    error <- numbers(object$result$standardErrors)
    upper <- (1 + level) / 2
    q <- if (has_dispersion(object)) qt(upper, df.residual(object)) else qnorm(upper)
    interval <- cbind(estimate - q * error, estimate + q * error)
  }
  percent <- format(100 * c((1 - level) / 2, (1 + level) / 2), trim = TRUE, digits = 3)
  dimnames(interval) <- list(names(estimate), paste(percent, "%"))
  if (missing(parm)) interval else interval[parm, , drop = FALSE]
}

logLik.vantage_glm <- function(object, ...) {
  # A dispersion, or a negative binomial's theta, is a parameter of the likelihood too.
  estimated <- sum(!is.na(coef(object))) + (has_dispersion(object) || object$result$family == "negative binomial")
  structure(number(object$result$logLikelihood), df = estimated, nobs = nobs(object), class = "logLik")
}

AIC.vantage_glm <- function(object, ..., k = 2) {
  if (k == 2 && ...length() == 0) number(object$result$aic) else NextMethod()
}

BIC.vantage_glm <- function(object, ...) {
  if (...length() == 0) number(object$result$bic) else NextMethod()
}

nobs.vantage_glm <- function(object, ...) object$result$rows

deviance.vantage_glm <- function(object, ...) number(object$result$deviance)

df.residual.vantage_glm <- function(object, ...) number(object$result$degreesOfFreedom)

family.vantage_glm <- function(object, ...) {
  switch(object$result$family,
         gaussian = stats::gaussian(),
         poisson = stats::poisson(),
         Gamma = stats::Gamma(object$result$link),
         binomial = stats::binomial(),
         fail("request-invalid", paste0("R's stats has no family for a ", object$result$family, " model."), "See MASS."))
}

formula.vantage_glm <- function(x, ...) {
  asked <- attr(x, "formula")
  if (is.null(asked)) stats::as.formula(x$result$formula) else asked
}

summary.vantage_glm <- function(object, ...) {
  result <- object$result
  table <- cbind(coef(object), numbers(result$standardErrors), numbers(result$statistics), numbers(result$pValues))
  letter <- if (has_dispersion(object)) "t" else "z"
  colnames(table) <- c("Estimate", "Std. Error", paste(letter, "value"), paste0("Pr(>|", letter, "|)"))
  structure(list(fit = object, coefficients = table), class = "summary.vantage_glm")
}

print.summary.vantage_glm <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  result <- x$fit$result
  cat("\n", result$family, " model: ", result$formula, "\n\n", sep = "")
  warn_of(result)
  printCoefmat(x$coefficients, digits = digits, na.print = "NA", ...)
  cat("\n", result$rows, " rows, ", result$leftOut, " incomplete left out; residual deviance ",
      format(number(result$deviance), digits = digits), " on ", result$degreesOfFreedom, " degrees of freedom; AIC ",
      format(number(result$aic), digits = digits), "\n\n", sep = "")
  print_origin(x$fit)
  invisible(x)
}

print.vantage_glm <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  cat("\n", x$result$family, " model: ", x$result$formula, "\n\n", sep = "")
  warn_of(x$result)
  print(coef(x), digits = digits)
  cat("\n")
  print_origin(x)
  invisible(x)
}

warn_of <- function(result) {
  if (!isTRUE(result$converged)) cat("NOT CONVERGED\n")
  if (!is.null(result$separation)) {
    terms <- paste(unlist(result$separation$terms), collapse = ", ")
    cat(result$separation$kind, " separation by ", terms, "\n", sep = "")
  }
  if (length(result$collinear) > 0) cat("collinear: ", paste(unlist(result$collinear), collapse = ", "), "\n", sep = "")
}

# Whether the spread is estimated, so that intervals are Student's.
has_dispersion <- function(object) object$result$family %in% c("gaussian", "Gamma")

number <- function(value) if (is.null(value)) NA_real_ else as.numeric(value)
