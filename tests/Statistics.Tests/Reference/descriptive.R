# Reference values for summaries, tests of means, analyses of variance, correlations, histograms and quantiles, from R's own
# functions on the pooled data.
#   LC_ALL=C Rscript descriptive.R        writes a file for each analysis beside itself
# "expected" has the shape of the analysis' result and may leave parts out.

source("json.R")

data <- list()
for (name in c("mixed", "mtcars", "warpbreaks", "iris", "lung", "diabetes"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")

nested <- function(x) if (is.list(x) && is.null(names(x))) paste0("[", paste(sapply(x, nested), collapse = ", "), "]") else
  if (is.list(x)) paste0("{", paste(sprintf("%s: %s", text(names(x)), sapply(x, nested)), collapse = ", "), "}") else json(x)
all <- list()
add <- function(algorithm, data, arguments, expected)
  all[[algorithm]] <<- c(all[[algorithm]], nested(list(algorithm = algorithm, data = data, arguments = arguments, expected = expected)))

# t-tests
ttest <- function(on, formula, mean = 0, equal = FALSE, alternative = "two.sided", level = 0.95, reference = NULL) {
  f <- as.formula(formula)
  frame <- data[[on]]
  if (!is.null(reference)) frame[[all.vars(f)[2]]] <- relevel(factor(frame[[all.vars(f)[2]]]), ref = reference)
  args <- list(f, data = frame, mu = mean, alternative = alternative, conf.level = level)
  if (f[[3]] != 1) args$var.equal <- equal
  test <- do.call(t.test, args)
  estimate <- if (length(test$estimate) == 2) test$estimate[[1]] - test$estimate[[2]] else test$estimate[[1]]
  args <- list(formula = formula, mean = mean, equalVariances = equal, alternative = alternative, confidenceLevel = level)
  if (!is.null(reference)) args$reference <- reference
  groups <- if (length(test$estimate) == 2) {
    y <- model.frame(f, frame); s <- split(y[[1]], y[[2]])
    lapply(names(s), function(n) list(level = n, count = length(s[[n]]), mean = mean(s[[n]]), standardDeviation = sd(s[[n]])))
  }
  expected <- list(estimate = estimate, nullValue = mean, standardError = test$stderr, statistic = test$statistic[[1]],
    degreesOfFreedom = test$parameter[[1]], pValue = test$p.value, confidenceInterval = I(test$conf.int[1:2]))
  if (!is.null(groups)) expected$groups <- groups
  add("ttest", on, args, expected)
}
ttest("mtcars", "mpg ~ am")
ttest("mtcars", "mpg ~ am", equal = TRUE)
ttest("mtcars", "mpg ~ am", alternative = "less", level = 0.9)
ttest("mtcars", "mpg ~ am", mean = -10, alternative = "greater", equal = TRUE)
ttest("mtcars", "log(hp) ~ vs", reference = "1")
ttest("mtcars", "mpg ~ 1", mean = 20)
ttest("mtcars", "mpg ~ 1", mean = 20, alternative = "less", level = 0.99)
ttest("iris", "Pair(Sepal.Length, Petal.Length) ~ 1")
ttest("iris", "Pair(Sepal.Width, Petal.Width) ~ 1", mean = 2, alternative = "greater")
ttest("lung", "wt.loss ~ sex")
ttest("lung", "age ~ status", equal = TRUE)
ttest("mixed", "`blood pressure` ~ arm")
ttest("mixed", "tiny ~ outcome", equal = TRUE)
ttest("wdbc", "mean_radius ~ malignant")
ttest("warpbreaks", "breaks ~ wool", equal = TRUE)

# analyses of variance
anova_of <- function(on, formula, type = 1, weights = NULL) {
  options(contrasts = c(if (type == 3) "contr.sum" else "contr.treatment", "contr.poly"))
  frame <- data[[on]]
  if (!is.null(weights)) frame$.w <- frame[[weights]]
  fit <- if (is.null(weights)) lm(as.formula(formula), frame) else lm(as.formula(formula), frame, weights = .w)
  frame <- frame[rownames(model.frame(fit)), ]
  labels <- attr(terms(fit), "term.labels"); factors <- attr(terms(fit), "factors")
  rss <- deviance(fit); df <- df.residual(fit)
  # anova() leaves out terms that earlier ones determine
  table <- if (type == 1) { a <- anova(fit)[labels, ]; a[is.na(a)] <- 0; data.frame(df = a$Df, ss = a$"Sum Sq") }
    else if (type == 3) { a <- drop1(fit, . ~ .); data.frame(df = a$Df[-1], ss = a$"Sum of Sq"[-1]) }
    else do.call(rbind, lapply(labels, function(t) {
      contains <- sapply(labels, function(o) all(factors[factors[, t] > 0, o] > 0))
      keep <- labels[!contains]
      with <- lm(reformulate(c(keep, t), formula(fit)[[2]]), frame); without <- lm(reformulate(c("1", keep), formula(fit)[[2]]), frame)
      data.frame(df = df.residual(without) - df.residual(with), ss = deviance(without) - deviance(with)) }))
  f <- table$ss / table$df / (rss / df)
  args <- list(formula = formula, type = type); if (!is.null(weights)) args$weights <- weights
  add("anova", on, args, list(terms = lapply(seq_along(labels), function(i) list(term = labels[i], degreesOfFreedom = table$df[i],
      sumOfSquares = table$ss[i], meanSquare = table$ss[i] / table$df[i], f = f[i],
      pValue = pf(f[i], table$df[i], df, lower.tail = FALSE))),
    residuals = list(degreesOfFreedom = df, sumOfSquares = rss, meanSquare = rss / df)))
  options(contrasts = c("contr.treatment", "contr.poly"))
}
anova_of("iris", "Sepal.Length ~ Species")
anova_of("mtcars", "mpg ~ factor(cyl) * factor(gear)")
for (type in 1:3) {
  anova_of("mtcars", "mpg ~ factor(cyl) * factor(am)", type)
  anova_of("warpbreaks", "breaks ~ wool * tension", type)
  anova_of("mixed", "z ~ group * arm", type)
  anova_of("mixed", "z ~ x + arm + group", type)
  anova_of("iris", "Sepal.Width ~ Species * Petal.Length", type)
  anova_of("lung", "age ~ factor(ph.ecog) + factor(sex)", type)
}
anova_of("mixed", "z ~ arm * factor(ward)", 1, "w")
anova_of("mtcars", "mpg ~ factor(cyl) * factor(am) * factor(vs)", 1)
anova_of("mtcars", "log(mpg) ~ 0 + factor(cyl) + wt", 1)
anova_of("wdbc", "mean_texture ~ factor(malignant)")

# correlations
pair <- function(x, y, controls = NULL, level = 0.95) {
  if (is.null(controls)) {
    t <- cor.test(x, y, conf.level = level)
    return(list(count = sum(complete.cases(x, y)), covariance = cov(x, y, use = "complete.obs"), correlation = t$estimate[[1]],
      statistic = t$statistic[[1]], degreesOfFreedom = t$parameter[[1]], pValue = t$p.value, confidenceInterval = I(t$conf.int[1:2])))
  }
  rx <- resid(lm(x ~ controls)); ry <- resid(lm(y ~ controls))
  r <- sum(rx * ry) / sqrt(sum(rx^2) * sum(ry^2)); df <- length(x) - 2 - ncol(controls); t <- r * sqrt(df / (1 - r^2))
  list(count = length(x), covariance = cov(x, y), correlation = r, statistic = t, degreesOfFreedom = df,
    pValue = 2 * pt(-abs(t), df), confidenceInterval = I(tanh(atanh(r) + c(-1, 1) * qnorm((1 + level) / 2) / sqrt(df - 1))))
}
correlation <- function(on, columns, controls = NULL, use = "complete", level = 0.95) {
  frame <- data[[on]][c(columns, controls)]
  if (use == "complete") frame <- frame[complete.cases(frame), ]
  pairs <- list()
  for (i in seq_along(columns)) for (j in seq_along(columns)) if (i < j)
    pairs <- c(pairs, list(c(list(first = columns[i], second = columns[j]),
      pair(frame[[columns[i]]], frame[[columns[j]]], if (!is.null(controls)) as.matrix(frame[controls]), level))))
  args <- list(columns = I(columns), use = use, confidenceLevel = level)
  if (!is.null(controls)) args$controls <- I(controls)
  expected <- list(pairs = pairs)
  if (use == "complete") expected$covariances <- unname(cov(frame[columns]))
  add("correlation", on, args, expected)
}
correlation("iris", c("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"))
correlation("mtcars", c("mpg", "wt", "hp"), level = 0.9)
correlation("mtcars", c("mpg", "wt"), "hp")
correlation("mtcars", c("mpg", "wt", "qsec"), c("hp", "disp"))
correlation("lung", c("age", "meal.cal", "wt.loss", "ph.karno"))
correlation("lung", c("age", "meal.cal", "wt.loss", "ph.karno"), use = "pairwise")
correlation("lung", c("age", "wt.loss"), c("meal.cal", "sex"))
correlation("mixed", c("x", "tiny", "huge", "z"), use = "pairwise")
correlation("mixed", c("x", "huge", "blood pressure"), "tiny")
correlation("wdbc", c("mean_radius", "mean_texture", "mean_area", "mean_smoothness"))
correlation("diabetes", c("age", "bmi", "bp"), c("sex", "s1"))

# histograms
histogram <- function(on, column, breaks = NULL, edges = NULL, right = TRUE) {
  x <- data[[on]][[column]]
  h <- hist(x, breaks = if (!is.null(edges)) edges else if (!is.null(breaks)) breaks else "Sturges", right = right, plot = FALSE)
  args <- list(column = column, right = right)
  if (!is.null(edges)) args$edges <- I(edges)
  if (!is.null(breaks)) args$bins <- breaks
  add("histogram", on, args, list(count = sum(!is.na(x)), missing = sum(is.na(x)), edges = I(h$breaks), counts = I(h$counts),
    densities = I(h$density), middles = I(h$mids)))
}
histogram("iris", "Sepal.Length")
histogram("iris", "Petal.Width", 20)
histogram("iris", "Petal.Length", right = FALSE)
histogram("iris", "Sepal.Width", edges = c(1.9, 2.5, 3, 3.1, 3.5, 4.4, 5))
histogram("mtcars", "mpg", 7)
histogram("mtcars", "hp")
histogram("lung", "meal.cal", 30)
histogram("lung", "wt.loss")
histogram("lung", "wt.loss", right = FALSE)
histogram("mixed", "tiny", 12)
histogram("mixed", "huge")
histogram("mixed", "x", 40)
histogram("mixed", "blood pressure", right = FALSE)
histogram("wdbc", "mean_area", 50)
histogram("diabetes", "bmi")

# quantiles
quantiles <- function(on, columns, p = c(0, 0.25, 0.5, 0.75, 1), type = 7)
  add("quantiles", on, list(columns = I(columns), probabilities = I(p), type = type), list(columns = lapply(columns, function(column) {
    x <- data[[on]][[column]]
    list(name = column, count = sum(!is.na(x)), missing = sum(is.na(x)), values = I(unname(quantile(x, p, na.rm = TRUE, type = type))))
  })))
quantiles("iris", c("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"))
quantiles("mtcars", c("mpg", "wt", "hp"), c(0.01, 0.1, 1 / 3, 0.9, 0.999))
quantiles("lung", c("age", "meal.cal", "wt.loss"), c(0.05, 0.5, 0.95))
quantiles("mixed", c("x", "tiny", "huge", "z", "flat"))
quantiles("wdbc", c("mean_radius", "mean_area", "mean_smoothness"), seq(0, 1, 0.1))
quantiles("diabetes", "bmi", c(0.5, 0.975))
for (type in 1:9) {
  quantiles("mtcars", "mpg", c(0, 0.05, 0.25, 0.4, 0.5, 0.77, 1), type)
  quantiles("mixed", "x", c(0.001, 0.3, 0.5, 0.9), type)
}

# summaries
summaries <- function(on) {
  numbers <- names(Filter(is.numeric, data[[on]]))
  add("summary", on, list(columns = I(numbers)), list(rows = nrow(data[[on]]), columns = lapply(numbers, function(column) {
    x <- data[[on]][[column]]; missing <- sum(is.na(x)); x <- x[!is.na(x)]; d <- x - mean(x); d <- d - mean(d); m2 <- mean(d^2)
    list(name = column, count = length(x), missing = missing, mean = mean(x), standardDeviation = sd(x),
      minimum = min(x), maximum = max(x), skewness = if (m2 > 0) mean(d^3) / m2^1.5, excessKurtosis = if (m2 > 0) mean(d^4) / m2^2 - 3)
  })))
}
for (on in names(data)) summaries(on)

for (name in names(all))
  writeLines(c("[", paste0(all[[name]], c(rep(",", length(all[[name]]) - 1), "")), "]"), paste0(name, ".json"))
