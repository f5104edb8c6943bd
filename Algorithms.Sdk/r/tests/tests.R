# Rscript tests/tests.R in this package's folder, or R CMD check. The vantage command is a stand-in that notes how it was
# called; the numbers of its fit are R's own, of glm(am ~ wt, binomial, mtcars) and lm(mpg ~ wt + hp, mtcars).

library(jsonlite)
if (dir.exists("R")) {
  for (file in list.files("R", full.names = TRUE)) sys.source(file, globalenv())
} else {
  library(vantage)
  to_json <- vantage:::to_json
}

folder <- tempfile("stand-in-")
dir.create(folder)
command <- file.path(folder, "vantage")
writeLines(c("#!/bin/sh", paste0("cd '", folder, "'"), "printf '%s\\n' \"$@\" > words",
             "while [ $# -gt 0 ]; do [ \"$1\" != --args-file ] || cp \"$2\" arguments; shift; done",
             "cat output; cat errors >&2; exit $(cat code)"), command)
Sys.chmod(command, "0755")

says <- function(output = "", errors = "", code = 0) {
  unlink(file.path(folder, "arguments"))
  for (name in c("output", "errors", "code")) writeLines(enc2utf8(as.character(get(name))), file.path(folder, name), useBytes = TRUE)
}
called <- function() readLines(file.path(folder, "words"))
option <- function(name) called()[which(called() == name) + 1]
arguments <- function() fromJSON(file.path(folder, "arguments"))

reply <- function(analysis, result, outcome = "Succeeded") {
  to_json(list(task = "tsk_1", job = "job_1", outcome = outcome, analysis = analysis, algorithm = "builtin:x",
               result = result, sites = list(asked = list("north", "south"), answered = list("north"),
               missing = list(list(site = "south", code = "expired", why = "late")), notAsked = list(), holds = TRUE,
               note = "Over the rows of north."), receipts = list(list(site = "north", verified = TRUE)), disclosure = "off"))
}

# What the federation would say of a model that R fitted.
told <- function(model, formula) {
  table <- summary(model)$coefficients
  gaussian <- family(model)$family == "gaussian"
  half <- (if (gaussian) qt(0.975, df.residual(model)) else qnorm(0.975)) * table[, 2]
  interval <- lapply(rownames(table), function(term) list(table[term, 1] - half[[term]], table[term, 1] + half[[term]]))
  covariance <- lapply(seq_len(nrow(vcov(model))), function(i) as.list(unname(vcov(model)[i, ])))
  result <- list(formula = formula, family = family(model)$family, rows = nobs(model), leftOut = 0L,
                 coefficients = as.list(table[, 1]), standardErrors = as.list(table[, 2]), statistics = as.list(table[, 3]),
                 pValues = as.list(table[, 4]), confidenceLevel = 0.95,
                 confidenceIntervals = setNames(interval, rownames(table)), covariance = covariance, collinear = list(),
                 separation = NULL, converged = TRUE, iterations = 8L, degreesOfFreedom = df.residual(model),
                 deviance = deviance(model), logLikelihood = as.numeric(logLik(model)), aic = AIC(model), bic = BIC(model))
  if (gaussian) {
    s <- summary(model)
    f <- s$fstatistic
    c(result, list(rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared, residualStandardError = s$sigma,
                   fStatistic = list(value = f[[1]], numerator = f[[2]], denominator = f[[3]], pValue = 1e-9)))
  } else {
    c(result, list(nullDeviance = model$null.deviance))
  }
}

count <- 0
law <- function(name, expression) {
  count <<- count + 1
  tryCatch(expression, error = function(e) {
    cat("FAILED:", name, "\n ", conditionMessage(e), "\n")
    quit(status = 1)
  })
  cat("ok:", name, "\n")
}
same <- function(a, b) if (!identical(a, b)) stop(paste(c("not identical:", deparse(a), "and", deparse(b)), collapse = " "))
caught <- function(expression) tryCatch({ expression; stop("nothing went wrong") }, vantage_error = function(e) e)

says('{"name":"default","url":"http://127.0.0.1:1/","user":"Ada"}')
conn <- vantage_connect(command = command, home = folder, profile = "sandbox")

law("a connection says where it leads, and asks from its home and profile", {
  stopifnot(any(grepl("http://127.0.0.1:1/ as Ada", capture.output(print(conn)), fixed = TRUE)))
  same(option("--home"), folder)
  same(option("--profile"), "sandbox")
})

logistic <- glm(am ~ wt, binomial, mtcars, control = glm.control(epsilon = 1e-14, maxit = 100))
says(reply("logistic", told(logistic, "am ~ wt")))
fit <- vantage_glm(am ~ wt, conn, family = binomial(), data = "cars", reference = c(am = "0"), confidence_level = 1 / 3,
                   weights = ~w, organizations = c("north", "south"), central_at = "north", accept_missing = TRUE)

law("a formula and its options go to the command, arguments in a file and every number whole", {
  same(arguments()$formula, "am ~ wt")
  same(arguments()$weights, "w")
  same(arguments()$reference, list(am = "0"))
  same(arguments()$confidenceLevel, 1 / 3)
  stopifnot(!any(grepl("am ~ wt", called(), fixed = TRUE)))
  same(option("--algorithm"), "logistic")
  same(option("--data"), "cars")
  same(option("--organization"), c("north", "south"))
  same(option("--central-at"), "north")
  stopifnot("--accept-missing" %in% called(), "--json" %in% called())
})

law("a logistic fit has the methods of a glm, with the same numbers", {
  same(coef(fit), coef(logistic))
  same(vcov(fit), vcov(logistic))
  same(as.numeric(logLik(fit)), as.numeric(logLik(logistic)))
  same(as.numeric(attr(logLik(fit), "df")), as.numeric(attr(logLik(logistic), "df")))
  same(AIC(fit), AIC(logistic))
  same(BIC(fit), BIC(logistic))
  same(as.integer(nobs(fit)), nobs(logistic))
  same(deviance(fit), deviance(logistic))
  same(as.integer(df.residual(fit)), df.residual(logistic))
  same(formula(fit), am ~ wt)
  same(family(fit)$link, "logit")
  same(deparse(formula(vantage_verify(conn, fit$task))), "am ~ wt")
  same(coef(summary(fit)), unclass(coef(summary(logistic))))
})

law("confidence intervals are Wald's, at the fit's level or another", {
  same(unname(confint(fit)), unname(confint.default(logistic)))
  same(colnames(confint(fit)), c("2.5 %", "97.5 %"))
  stopifnot(all.equal(unname(confint(fit, "wt", 0.9)), unname(confint.default(logistic, "wt", 0.9)), tolerance = 1e-14))
})

law("tidy and glance have broom's columns", {
  same(names(vantage_tidy(fit)), c("term", "estimate", "std.error", "statistic", "p.value"))
  same(names(vantage_tidy(fit, conf.int = TRUE))[6:7], c("conf.low", "conf.high"))
  same(names(vantage_glance(fit)), c("null.deviance", "df.null", "logLik", "AIC", "BIC", "deviance", "df.residual", "nobs"))
  same(vantage_glance(fit)$df.null, logistic$df.null)
  same(vantage_tidy(fit)$estimate, unname(coef(logistic)))
})

linear <- lm(mpg ~ wt + hp, mtcars)
says(reply("linear", told(linear, "mpg ~ wt + hp")))
line <- vantage_glm(mpg ~ wt + hp, conn, data = c(left = "cars"))

law("a linear fit is an lm's", {
  same(option("--algorithm"), "linear")
  same(option("--data"), "left=cars")
  same(coef(line), coef(linear))
  same(vcov(line), vcov(linear))
  same(as.numeric(attr(logLik(line), "df")), as.numeric(attr(logLik(linear), "df")))
  stopifnot(all.equal(unname(confint(line, level = 0.8)), unname(confint(linear, level = 0.8)), tolerance = 1e-12))
  same(names(vantage_glance(line))[1:6], c("r.squared", "adj.r.squared", "sigma", "statistic", "p.value", "df"))
  same(vantage_glance(line)$sigma, sigma(linear))
})

law("what is printed says who answered, who did not, and under which disclosure control", {
  for (shown in list(capture.output(print(fit)), capture.output(print(summary(line))))) {
    for (said in c("sites: north", "missing: south: late", "Over the rows of north.", "disclosure control: off",
                   "receipts verified: 1; task tsk_1")) {
      stopifnot(any(grepl(said, shown, fixed = TRUE)))
    }
  }
})

law("collinear terms are NA, separation and a failure to converge are said", {
  result <- told(logistic, "am ~ wt")
  for (member in c("coefficients", "standardErrors", "statistics", "pValues", "confidenceIntervals")) {
    result[[member]]["x"] <- list(NULL)
  }
  result$collinear <- list("x")
  result$converged <- FALSE
  result$separation <- list(kind = "complete", terms = list("wt"))
  says(reply("logistic", result))
  apart <- vantage_glm(am ~ wt + x, conn, family = "binomial", data = "cars")
  stopifnot(is.na(coef(apart)[["x"]]), is.na(confint(apart)["x", 1]))
  same(dim(vcov(apart)), c(2L, 2L))
  shown <- capture.output(print(apart))
  for (said in c("NOT CONVERGED", "complete separation by wt", "collinear: x")) stopifnot(any(grepl(said, shown)))
})

law("a summary is a data frame of columns", {
  columns <- list(list(name = "age", count = 9L, missing = 1L, mean = 50.25, standardDeviation = NULL))
  says(reply("summary", list(rows = 10L, columns = columns, leftOut = list())))
  summary <- vantage_summary(conn, "age", data = "patients")
  same(arguments()$columns, "age")
  same(as.data.frame(summary)$mean, 50.25)
  stopifnot(is.na(as.data.frame(summary)$standardDeviation), any(grepl("age", capture.output(print(summary)))))
  stopifnot(grepl("50.25", vantage_json(summary), fixed = TRUE))
})

law("a cross table names up to three columns", {
  says(reply("crosstab", list(variables = list("sex"), levels = list(sex = list("f", "m")), table = list(counts = list(list(1L), list(2L))))))
  single <- vantage_crosstab(conn, "sex", data = "patients", include_missing = TRUE)
  same(arguments(), list(rows = "sex", includeMissing = TRUE))
  same(as.vector(as.table(single)), c(1L, 2L))
})

law("a cross table is R's own table of the same rows", {
  own <- table(mtcars[c("cyl", "gear", "am")])
  by_row <- function(m) lapply(seq_len(nrow(m)), function(i) as.list(as.integer(m[i, ])))
  told <- list(variables = as.list(names(dimnames(own))), levels = lapply(dimnames(own), as.list),
               table = list(counts = by_row(margin.table(own, 1:2)), chiSquared = list(statistic = 18.036, degreesOfFreedom = 4L, pValue = 0.0012)),
               layers = lapply(1:2, function(k) list(layer = dimnames(own)$am[k], counts = by_row(own[, , k]))))
  says(reply("crosstab", told))
  federated <- vantage_crosstab(conn, "cyl", "gear", "am", data = "cars")
  same(arguments(), list(rows = "cyl", columns = "gear", layers = "am"))
  stopifnot(identical(dimnames(as.table(federated)), dimnames(own)), all(as.table(federated) == own))
  same(names(as.data.frame(federated)), c("cyl", "gear", "am", "n"))
  stopifnot(any(grepl("X-squared = 18.036", capture.output(print(federated)), fixed = TRUE)))
})

law("each analysis has a function, and its arguments the names of R", {
  test <- t.test(mpg ~ am, mtcars)
  says(reply("ttest", list(formula = "mpg ~ am", method = "Welch two-sample", estimate = -diff(test$estimate)[[1]],
                           standardError = test$stderr, statistic = test$statistic[[1]], degreesOfFreedom = test$parameter[[1]],
                           pValue = test$p.value, confidenceInterval = as.list(test$conf.int[1:2]),
                           groups = list(list(level = "0", count = 19L), list(level = "1", count = 13L)),
                           notes = list("Said."), sites = list())))
  found <- vantage_ttest(mpg ~ am, conn, data = "cars", equal_variances = TRUE, confidence_level = 0.9, organizations = "north")
  same(arguments(), list(formula = "mpg ~ am", equalVariances = TRUE, confidenceLevel = 0.9))
  same(option("--algorithm"), "ttest")
  same(option("--organization"), "north")
  same(as.data.frame(found)$pValue, test$p.value)
  same(as.data.frame(found)$low, test$conf.int[1])
  same(vantage_tables(found)$groups$count, c(19L, 13L))
  stopifnot(any(grepl("note: Said.", capture.output(print(found)), fixed = TRUE)))
})

law("histograms, quantiles and analyses of variance are data frames, NA where a site holds back", {
  says(reply("histogram", list(column = "age", edges = list(0, 10, 20), counts = list(5L, NULL), atLeast = list(5L, 12L),
                               densities = list(0.02, NULL), notes = list())))
  bins <- as.data.frame(vantage_histogram(conn, "age", edges = c(0, 10, 20), data = "patients"))
  same(arguments(), list(column = "age", edges = c(0L, 10L, 20L)))
  same(bins$count, c(5, NA))
  says(reply("quantiles", list(probabilities = list(0.5), columns = list(list(name = "age", values = list(44), lowest = list(40),
                               highest = list(50))))))
  same(as.data.frame(vantage_quantiles(conn, "age", 0.5, data = "patients"))$highest, 50)
  term <- function(name, p) list(term = name, degreesOfFreedom = 2L, sumOfSquares = 4, meanSquare = 2, f = NULL, pValue = p)
  says(reply("anova", list(formula = "y ~ a", terms = list(term("a", 0.01)), residuals = term("Residuals", NULL))))
  same(as.data.frame(vantage_anova(y ~ a, conn, type = 3, data = "patients"))$pValue, c(0.01, NA))
})

law("models of counts are asked by R's families", {
  says(reply("poisson", list(formula = "am ~ wt", family = "poisson", rows = 32L, coefficients = list(wt = 0.5),
                             standardErrors = list(wt = 0.1), converged = TRUE)))
  counts <- vantage_glm(am ~ wt, conn, family = poisson(), data = "cars")
  same(option("--algorithm"), "poisson")
  same(list(coef(counts), family(counts)$link), list(c(wt = 0.5), "log"))
  vantage_glm(am ~ wt, conn, family = Gamma("log"), data = "cars")
  same(list(option("--algorithm"), arguments()$link), list("gamma", "log"))
})

law("a refusal is a condition with its code, what to do next, and what is known all the same", {
  problem <- '{"code":"task-failed","detail":"No site answered.","next":"Ask them.","errors":{"north":["paused"]}}'
  says(reply("summary", NULL, "Refused"), c("warning: x", problem), 1)
  error <- caught(vantage_summary(conn))
  stopifnot(inherits(error, "vantage_task_failed"), inherits(error, "error"))
  same(error$code, "task-failed")
  same(error[["next"]], "Ask them.")
  same(error$answer$task, "tsk_1")
  for (said in c("No site answered.", "north: paused", "next: Ask them.", "code: task-failed")) {
    stopifnot(grepl(said, conditionMessage(error), fixed = TRUE))
  }
})

law("a command that says nothing, or is not there, is named", {
  says("", "Unhandled exception", 70)
  same(caught(vantage_summary(conn))$code, "internal")
  same(caught(vantage_connect(command = "/nowhere/vantage"))$code, "program-missing")
})

law("a family or a link that there is not is refused before anything is asked", {
  unlink(file.path(folder, "words"))
  for (family in list(poisson("sqrt"), binomial("probit"))) same(caught(vantage_glm(y ~ x, conn, family = family))$code, "request-invalid")
  stopifnot(!file.exists(file.path(folder, "words")))
})

law("tasks are listed, cancelled and verified", {
  says(to_json(list(items = list(list(id = "tsk_1", algorithm = "builtin:x", `function` = "partial", runs = list(1L, 2L),
                                      createdAt = "2026-11-21T06:00:00Z")))))
  tasks <- vantage_tasks(conn, count = 3)
  same(list(tasks$id, tasks$outcome, tasks$runs, option("--count")), list("tsk_1", NA_character_, 2L, "3"))
  says('{"id":"tsk_1","outcome":"Cancelled"}')
  same(vantage_cancel(conn, "tsk_1")$outcome, "Cancelled")
  same(called()[1:3], c("task", "cancel", "tsk_1"))
  says(reply("summary", list(rows = 1L, columns = list())))
  same(vantage_verify(conn, "tsk_1")$receipts[[1]]$verified, TRUE)
})

law("further analyses have functions, with arguments as R writes them", {
  says(reply("ridge", list(rows = 1L)))
  vantage_ridge(y ~ x, conn, lambda = 0.5, scale = "mass")
  same(arguments(), list(formula = "y ~ x", lambda = 0.5, scale = "mass"))
  vantage_roc(y ~ x, conn)
  same(arguments(), list(formula = "y ~ x"))
  vantage_kmeans(conn, c("a", "b"), centres = rbind(c(1, 2), c(3, 4)))
  same(1 * unname(arguments()$centres), rbind(c(1, 2), c(3, 4)))
  vantage_fedavg(y ~ x, conn, "binomial", learning_rate = 0.5)
  same(arguments(), list(formula = "y ~ x", family = "binomial", learningRate = 0.5))
})

law("a dictionary goes along for all data, or by their labels", {
  says(reply("summary", list(columns = list())))
  vantage_summary(conn, "age", data = "patients", dictionary = "sepsis@1.0")
  same(option("--dictionary"), "sepsis@1.0")
  vantage_summary(conn, "age", data = c(l = "a", r = "b"), dictionary = c(l = "sepsis@1.0", r = "labs.json"))
  same(option("--dictionary"), c("l=sepsis@1.0", "r=labs.json"))
  vantage_session_prepare(conn, "trial", "adults", data = "patients", dictionary = "sepsis@1.0")
  same(option("--dictionary"), "sepsis@1.0")
})

law("a session is prepared, listed, shown, asked and ended", {
  says('{"task":"tsk_1","state":"Succeeded","sites":[]}')
  same(vantage_session_prepare(conn, "trial", "adults", list(list(do = "filter", where = "age > 17")), data = "patients")$state, "Succeeded")
  same(called()[1:6], c("session", "prepare", "trial", "adults", "--data", "patients"))
  stopifnot("--steps-file" %in% called())
  vantage_session_show(conn, "trial", "adults", collaboration = "study")
  same(called()[1:6], c("session", "show", "trial", "adults", "--collaboration", "study"))
  vantage_session_end(conn, "trial", "adults")
  same(called()[1:5], c("session", "end", "trial", "--only", "adults"))
  says(reply("summary", list(rows = 1L, columns = list())))
  vantage_summary(conn, "age", session = "trial", frames = c(table = "adults"))
  same(c(option("--session"), option("--frame")), c("trial", "table=adults"))
})

unlink(folder, recursive = TRUE)
cat(count, "laws hold\n")
