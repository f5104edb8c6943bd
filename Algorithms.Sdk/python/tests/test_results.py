import importlib.util
import unittest
from unittest import mock

from vantage import VantageError
from vantage.results import CrosstabResult, GlmResult, Result, SummaryResult, TTestResult, TypedResult, result_of

SITES = {"asked": ["north", "south"], "answered": ["north"], "missing": [{"site": "south", "code": "expired", "why": "late"}],
         "notAsked": [], "holds": True, "note": "Over the rows of north."}
FIT = {
    "formula": "y ~ x + <b>", "family": "binomial", "link": "logit", "sites": [], "rows": 90, "leftOut": 1, "levels": {"s": ["a", "b"]},
    "coefficients": {"(Intercept)": -1.5, "x": 0.1234567890123, "<b>": None},
    "standardErrors": {"(Intercept)": 0.5, "x": 0.01, "<b>": None}, "statistics": {"(Intercept)": -3.0, "x": 12.3, "<b>": None},
    "pValues": {"(Intercept)": 0.0027, "x": 1e-34, "<b>": None}, "confidenceLevel": 0.9,
    "confidenceIntervals": {"(Intercept)": [-2.3, -0.7], "x": [0.1, 0.14], "<b>": None}, "covariance": [[0.25, 0], [0, 0.0001]],
    "collinear": ["<b>"], "separation": None, "converged": True, "iterations": 5, "deviance": 80.0, "logLikelihood": -40.0,
    "aic": 84.0, "bic": 89.0}


def answer(analysis, result, **other):
    return {"task": "tsk_1", "job": "job_1", "outcome": "Partial", "analysis": analysis, "algorithm": "builtin:x", "result": result,
            "sites": SITES, "receipts": [{"site": "north", "verified": True}], "disclosure": "off", **other}


class Results(unittest.TestCase):
    def test_each_analysis_has_its_own_kind(self):
        kinds = {"linear": GlmResult, "logistic": GlmResult, "summary": SummaryResult, "crosstab": CrosstabResult, "mine": Result,
                 "poisson": GlmResult, "ttest": TTestResult, "cox": TypedResult}
        for analysis, kind in kinds.items():
            self.assertIs(kind, type(result_of(answer(analysis, {}))))

    def test_a_model_has_the_names_that_python_people_expect(self):
        fit = result_of(answer("logistic", FIT))

        self.assertEqual(0.1234567890123, fit.coefficients["x"])
        self.assertIsNone(fit.coefficients["<b>"])
        self.assertEqual((0.01, [0.1, 0.14], 1e-34), (fit.standard_errors["x"], fit.confidence_intervals["x"], fit.p_values["x"]))
        self.assertEqual((84.0, 5, True, ["<b>"]), (fit.aic, fit.iterations, fit.converged, fit.collinear))
        self.assertEqual(["term", "estimate", "std. error", "z", "p", "90% low", "90% high"], list(fit.records()[0]))

    def test_every_print_says_who_answered_who_did_not_and_under_which_disclosure_control(self):
        fit = result_of(answer("logistic", FIT))
        for shown in (repr(fit), fit._repr_html_()):
            for said in ("sites: north", "missing: south: late", "Over the rows of north.", "disclosure control: off",
                         "receipts verified: 1; task tsk_1", "collinear", "0.123457"):
                self.assertIn(said, shown)

    def test_names_that_came_from_data_are_no_markup(self):
        shown = result_of(answer("logistic", FIT))._repr_html_()
        self.assertNotIn("<b></b>", shown)
        self.assertIn("&lt;b&gt;", shown)

    def test_separation_is_said_first(self):
        separated = dict(FIT, converged=False, separation={"kind": "complete", "terms": ["x"]}, coefficients={"x": None})
        self.assertIn("NOT CONVERGED, complete separation by x", repr(result_of(answer("logistic", separated))))

    def test_a_summary_is_a_table(self):
        column = {"name": "age", "count": 9, "missing": 1, "mean": 50.25, "standardDeviation": None}
        summary = result_of(answer("summary", {"rows": 10, "columns": [column], "leftOut": []}))
        self.assertEqual((10, 50.25), (summary.rows, summary.columns["age"]["mean"]))
        self.assertEqual([{"column": "age", "n": 9, "missing": 1, "mean": 50.25, "standard deviation": None}], summary.records())

    def test_members_of_a_typed_result_are_attributes(self):
        test = result_of(answer("ttest", {
            "formula": "y ~ g", "method": "Welch two-sample", "estimate": -7.25, "standardError": 1.5, "statistic": -3.77,
            "degreesOfFreedom": 18.3, "pValue": 0.0014, "confidenceInterval": [-11.3, -3.2], "notes": [],
            "groups": [{"level": "0", "count": 19, "mean": 17.1}, {"level": "1", "count": 13, "mean": 24.4}], "sites": []}))

        self.assertEqual((-7.25, 0.0014, 18.3), (test.estimate, test.p_value, test.degrees_of_freedom))
        self.assertEqual([-11.3, -3.2], [test.records()[0]["low"], test.records()[0]["high"]])
        self.assertEqual(["level", "count", "mean"], test.tables()[1].columns)
        self.assertIn("ttest of y ~ g: Partial", repr(test))
        with self.assertRaises(AttributeError):
            test.p_values

    def test_a_histogram_and_quantiles_are_tables(self):
        histogram = result_of(answer("histogram", {
            "column": "age", "edges": [0, 10, 20], "counts": [5, None], "atLeast": [5, 12], "densities": [0.02, None], "notes": []}))
        self.assertEqual({"from": 10, "to": 20, "count": None, "at least": 12, "density": None}, histogram.records()[1])
        quantiles = result_of(answer("quantiles", {
            "probabilities": [0.5], "columns": [{"name": "age", "values": [44.0], "lowest": [40.0], "highest": [50.0]}]}))
        self.assertEqual([{"column": "age", "probability": 0.5, "value": 44.0, "lowest": 40.0, "highest": 50.0}], quantiles.records())

    def test_an_analysis_of_variance_ends_with_its_residuals(self):
        row = {"term": "a", "degreesOfFreedom": 2, "sumOfSquares": 4.0, "meanSquare": 2.0, "f": 8.0, "pValue": 0.01}
        rest = {"term": "Residuals", "degreesOfFreedom": 9, "sumOfSquares": 2.25, "meanSquare": 0.25, "f": None, "pValue": None}
        anova = result_of(answer("anova", {"formula": "y ~ a", "terms": [row], "residuals": rest}))
        self.assertEqual(["a", "Residuals"], [r["term"] for r in anova.records()])
        self.assertEqual(0.25, anova.residuals["meanSquare"])

    def test_a_result_of_any_shape_has_its_coefficients_and_lists_as_tables(self):
        cox = result_of(answer("cox", {"formula": "Surv(t, d) ~ x", "coefficients": {"x": 0.5}, "pValues": {"x": 0.01}}))
        self.assertEqual([{"term": "x", "estimate": 0.5, "p": 0.01}], cox.records())
        failed = result_of(answer("cox", None))
        self.assertEqual([], failed.tables())
        self.assertFalse(hasattr(failed, "coefficients"))

    def test_a_cross_table_has_its_counts_by_level_and_prints_with_margins(self):
        def table(counts, **other):
            columns = [sum(column) for column in zip(*counts)]
            return {"counts": counts, "rowTotals": [sum(row) for row in counts], "columnTotals": columns,
                    "total": sum(columns), **other}
        levels = {"cyl": ["4", "6"], "gear": ["3", None], "am": ["0", "1"]}
        crosstab = result_of(answer("crosstab", {
            "variables": ["cyl", "gear", "am"], "rows": 10, "levels": levels, "table": table([[1, 2], [3, 4]], fisher={"pValue": 1.0}),
            "layers": [table([[1, 0], [0, 4]], layer="0"), table([[0, 2], [3, 0]], layer="1")]}))

        self.assertEqual({"4": {"3": 1, None: 2}, "6": {"3": 3, None: 4}}, crosstab.counts)
        self.assertEqual({"4": {"3": 0, None: 2}, "6": {"3": 3, None: 0}}, crosstab.layers["1"])
        self.assertEqual(1.0, crosstab.fisher["pValue"])
        self.assertEqual(["cyl \\ gear", "3", "(missing)", "total"], list(crosstab.records()[0]))
        self.assertEqual([4, 6, 10], [crosstab.records()[-1][column] for column in ("3", "(missing)", "total")])
        self.assertIn("am: 1", crosstab._repr_html_())
        single = result_of(answer("crosstab", {"variables": ["cyl"], "rows": 3, "levels": {"cyl": ["4", "6"]}, "table": table([[1], [2]])}))
        self.assertEqual({"4": 1, "6": 2}, single.counts)
        self.assertEqual({"cyl": "total", "n": 3}, single.records()[-1])

    def test_an_unknown_analysis_shows_its_json(self):
        self.assertIn('"x": 1', repr(result_of(answer("mine", {"x": 1}))))

    def test_without_a_result_asking_for_it_says_who_gave_none(self):
        empty = result_of(answer("logistic", None, outcome="Refused"))
        self.assertIn("Refused", repr(empty))
        with self.assertRaises(VantageError) as caught:
            empty.coefficients
        self.assertEqual(("task-failed", {"south": ["late"]}), (caught.exception.code, caught.exception.errors))

    def test_without_pandas_and_matplotlib_the_error_says_what_else_there_is(self):
        fit = result_of(answer("logistic", FIT))
        with mock.patch.dict("sys.modules", {"pandas": None, "matplotlib": None, "matplotlib.pyplot": None}):
            for ask, instead in ((fit.to_frame, "records()"), (fit.plot, "to_frame()")):
                with self.assertRaises(VantageError) as caught:
                    ask()
                self.assertIn(instead, caught.exception.next)

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "pandas is not installed")
    def test_where_pandas_is_there_is_a_frame(self):
        frame = result_of(answer("logistic", FIT)).to_frame()
        self.assertEqual(0.1234567890123, frame.set_index("term").loc["x", "estimate"])

    @unittest.skipUnless(importlib.util.find_spec("matplotlib"), "matplotlib is not installed")
    def test_where_matplotlib_is_there_is_a_plot(self):
        import matplotlib
        matplotlib.use("Agg")
        axes = result_of(answer("logistic", FIT)).plot()
        self.assertEqual(["x"], [label.get_text() for label in axes.get_yticklabels()])
