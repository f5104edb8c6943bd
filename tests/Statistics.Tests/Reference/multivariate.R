# Reference values for principal components, clusters and ROC curves, by R's own prcomp and kmeans on the pooled rows, and by the
# definitions of AUC and of DeLong's variance (1988).
#   LC_ALL=C Rscript multivariate.R      writes multivariate.json beside itself

source("json.R")
data <- list()
for (name in c("mtcars", "iris", "lung", "mixed", "veteran"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")
complete <- function(name, columns) data[[name]][complete.cases(data[[name]][columns]), columns, drop = FALSE]

pca <- function(name, columns, center = TRUE, scale = FALSE) {
  fit <- prcomp(complete(name, columns), center = center, scale. = scale)
  # of each component the first of the largest loadings is positive
  sign <- apply(fit$rotation, 2, function(v) { m <- max(abs(v)); if (v[abs(v) >= m * (1 - 1e-9)][1] < 0) -1 else 1 })
  list(kind = "pca", data = name, columns = I(columns), center = center, scale = scale, rows = nrow(fit$x),
    deviations = I(fit$sdev), loadings = unname(t(t(fit$rotation) * sign)),
    proportion = I(fit$sdev^2 / sum(fit$sdev^2)))
}
kmeans_case <- function(name, columns, centres) {
  x <- as.matrix(complete(name, columns))
  fit <- kmeans(x, centres, algorithm = "Lloyd", iter.max = 1000)
  list(kind = "kmeans", data = name, columns = I(columns), centres = unname(as.matrix(centres)), rows = nrow(x),
    sizes = I(unname(fit$size)), found = unname(fit$centers), within = I(unname(fit$withinss)), inertia = fit$tot.withinss)
}
roc <- function(name, formula, y, score, event) {
  keep <- !is.na(y) & !is.na(score)
  pos <- score[keep & y == event]; neg <- score[keep & y != event]
  above <- outer(pos, neg, function(a, b) (a > b) + (a == b) / 2)
  auc <- mean(above)
  se <- sqrt(var(rowMeans(above)) / length(pos) + var(colMeans(above)) / length(neg))
  p <- is.finite(score) & all(score[keep] >= 0 & score[keep] <= 1)
  list(kind = "roc", data = name, formula = formula, rows = sum(keep), positives = length(pos), auc = auc, standardError = se,
    lower = auc - qnorm(.975) * se, upper = auc + qnorm(.975) * se, thresholds = I(sort(unique(score[keep]), decreasing = TRUE)),
    sensitivity = I(sapply(sort(unique(score[keep]), decreasing = TRUE), function(t) mean(pos >= t))),
    specificity = I(sapply(sort(unique(score[keep]), decreasing = TRUE), function(t) mean(neg < t))),
    brier = if (all(p)) mean(c((1 - pos)^2, neg^2)))
}

iris4 <- c("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width")
cases <- list(
  pca("iris", iris4), pca("iris", iris4, scale = TRUE), pca("iris", iris4, center = FALSE),
  pca("mtcars", c("mpg", "disp", "hp", "drat", "wt", "qsec"), scale = TRUE),
  pca("mtcars", c("mpg", "disp", "hp", "drat", "wt", "qsec")),
  pca("lung", c("age", "ph.karno", "meal.cal", "wt.loss"), scale = TRUE),
  pca("mixed", c("x", "tiny", "huge", "count", "blood pressure"), scale = TRUE),
  pca("wdbc", setdiff(names(data$wdbc), "malignant"), scale = TRUE),
  kmeans_case("iris", iris4, data$iris[c(1, 51, 101), iris4]),
  kmeans_case("iris", c("Petal.Length", "Petal.Width"), cbind(c(1, 3, 4, 6), c(.2, 1, 1.5, 2))),
  kmeans_case("mtcars", c("mpg", "wt"), cbind(c(15, 30), c(4, 2))),
  kmeans_case("lung", c("age", "wt.loss"), cbind(c(50, 60, 70), c(0, 10, 20))),
  roc("wdbc", "malignant ~ mean_radius", data$wdbc$malignant, data$wdbc$mean_radius, 1),
  roc("wdbc", "malignant ~ I(1 / (1 + exp(15.25 - mean_radius)))", data$wdbc$malignant, 1 / (1 + exp(15.25 - data$wdbc$mean_radius)), 1),
  roc("mtcars", "am ~ mpg", data$mtcars$am, data$mtcars$mpg, 1),
  roc("mtcars", "vs ~ gear", data$mtcars$vs, data$mtcars$gear, 1),
  roc("lung", "factor(status) ~ I(age + 5 * ph.ecog)", data$lung$status, data$lung$age + 5 * data$lung$ph.ecog, 2),
  roc("mixed", "outcome ~ x", data$mixed$outcome, data$mixed$x, "yes"))

lines <- sapply(cases, json)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "multivariate.json")
