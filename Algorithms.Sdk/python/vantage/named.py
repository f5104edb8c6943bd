"""One method for each analysis of the standard library. Arguments have the names of docs/statistics, as Python writes them:
`confidence_level` for `confidenceLevel`. One that the analysis does not take is refused by name."""

import inspect


class NamedAnalyses:
    """Each method takes the analysis' further arguments, and the options of `run`, by name."""

    def histogram(self, column, bins=None, edges=None, right=None, data=None, **options):
        """Counts between edges that all sites share: R's `hist` edges, about `bins` of them, or the `edges` given."""
        return self._named("histogram", data, options, column=column, bins=bins, edges=edges, right=right)

    def quantiles(self, columns, probabilities=None, type=None, data=None, **options):
        """Quantiles of columns, of R's types 1 to 9 (7 unless told)."""
        return self._named("quantiles", data, options, columns=_list(columns), probabilities=probabilities, type=type)

    def ttest(self, formula, data=None, **options):
        """`y ~ group`, `y ~ 1` or `Pair(before, after) ~ 1`; `mean`, `equal_variances`, `alternative`, `reference`,
        `confidence_level`."""
        return self._named("ttest", data, options, formula=formula)

    def anova(self, formula, type=None, data=None, **options):
        """Analysis of variance with sums of squares of `type` 1 (unless told), 2 or 3; `weights`."""
        return self._named("anova", data, options, formula=formula, type=type)

    def correlation(self, columns, controls=None, use=None, data=None, **options):
        """Covariances and correlations of each pair of columns, partial ones with `controls`; `use` is "complete" or
        "pairwise"; `confidence_level`."""
        controls = None if controls is None else _list(controls)
        return self._named("correlation", data, options, columns=_list(columns), controls=controls, use=use)

    def poisson(self, formula, data=None, **options):
        """Poisson regression; `weights`, `reference`, `confidence_level`."""
        return self._named("poisson", data, options, formula=formula)

    def negbin(self, formula, data=None, **options):
        """Negative binomial regression, its theta estimated; `weights`, `reference`, `confidence_level`."""
        return self._named("negbin", data, options, formula=formula)

    def gamma(self, formula, link=None, data=None, **options):
        """Gamma regression with the `link` "inverse" (unless told) or "log"."""
        return self._named("gamma", data, options, formula=formula, link=link)

    def kaplan_meier(self, formula, data=None, **options):
        """Survival curves: `Surv(time, status) ~ group`, or `~ 1`."""
        return self._named("kaplan-meier", data, options, formula=formula)

    def logrank(self, formula, data=None, **options):
        """Whether groups survive alike: `Surv(time, status) ~ group`."""
        return self._named("logrank", data, options, formula=formula)

    def cox(self, formula, ties=None, data=None, **options):
        """Proportional hazards: `Surv(time, status) ~ trt + age`; `ties` is "efron" (unless told) or "breslow"."""
        return self._named("cox", data, options, formula=formula, ties=ties)

    def ridge(self, formula, lambda_, data=None, **options):
        """Regression with a penalty on the size of its coefficients, one model for each of `lambda_` (Python keeps the word
        without the line to itself); `family`, `scale`, `weights`, `reference`."""
        return self._named("ridge", data, options, formula=formula, lambda_=_numbers(lambda_))

    def meta(self, formula, family=None, data=None, **options):
        """A model of a `family` ("gaussian" unless told) fitted at each site, and the sites' estimates put together with fixed
        and random effects; `link`, `weights`, `reference`, `confidence_level`."""
        return self._named("meta", data, options, formula=formula, family=family)

    def pca(self, columns, center=None, scale=None, data=None, **options):
        """Principal components of columns: R's `prcomp`."""
        return self._named("pca", data, options, columns=_list(columns), center=center, scale=scale)

    def kmeans(self, columns, clusters=None, centres=None, data=None, **options):
        """So many `clusters` of rows around means of columns, or from the `centres` given; `seed`, `starts`,
        `max_iterations`."""
        return self._named("kmeans", data, options, columns=_list(columns), clusters=clusters, centres=centres)

    def fedavg(self, formula, family=None, data=None, **options):
        """A generalised linear model by federated averaging; `rounds`, `learning_rate`, `local_steps`, `mu`, `standardise`,
        `weights`."""
        return self._named("fedavg", data, options, formula=formula, family=family)

    def roc(self, formula, data=None, **options):
        """How well a score tells an outcome, `y ~ score`: ROC curve, its area, calibration; `confidence_level`."""
        return self._named("roc", data, options, formula=formula)

    def _named(self, algorithm, data, options, **given):
        own = inspect.signature(self.run).parameters
        arguments = {**given, **{name: value for name, value in options.items() if name not in own}}
        arguments = {camel(name): value for name, value in arguments.items() if value is not None}
        return self.run(algorithm, arguments, data, **{name: value for name, value in options.items() if name in own})


def camel(name):
    """confidence_level is confidenceLevel on the wire."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _numbers(value):
    return [value] if isinstance(value, (int, float)) else list(value)


def _list(value):
    return [value] if isinstance(value, str) else list(value)
