using System.Text.Json;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

public sealed class WorkedExampleTests
{
    private static Scene Example() => new Scene().Proportion(0, 40, 980).Proportion(1, 61, 1020);

    [Fact]
    public void The_contract_s_example_has_the_contract_s_numbers()
    {
        var readout = Example().Read();
        var comparison = Assert.Single(readout.Comparisons);
        Assert.Equal(2000, readout.ExposuresTotal);
        Assert.Equal(101, readout.ConversionsTotal);
        Assert.Equal(0.8, readout.Srm.ChiSquare!.Value, 1e-12);
        Assert.Equal(0.3710933695, readout.Srm.PValue!.Value, 1e-10);
        Assert.False(readout.Srm.IsSrm);
        Assert.Equal([980L, 1020], readout.Srm.ObservedCounts);
        Assert.Equal([1000.0, 1000], readout.Srm.ExpectedCounts);
        Assert.Equal(0.0408163265, comparison.Control.Mean!.Value, 1e-10);
        Assert.Equal(0.1979655126, comparison.Control.Std!.Value, 1e-10);
        Assert.Equal(0.0598039216, comparison.Treatment.Mean!.Value, 1e-10);
        Assert.Equal(0.2372395235, comparison.Treatment.Std!.Value, 1e-10);
        Assert.Equal(0.0189875950, comparison.Analysis.Effect!.Value, 1e-10);
        Assert.Equal(0.4651960784, comparison.Analysis.EffectRelative!.Value, 1e-10);
        Assert.Equal(FixedMethod.TwoProportionZ, comparison.Analysis.Method);
        var share = 101.0 / 2000;
        Assert.Equal(0.0189875950 / Math.Sqrt(share * (1 - share) * ((1 / 980.0) + (1 / 1020.0))), comparison.Analysis.TestStatistic!.Value, 1e-6);
        Assert.Equal(comparison.Bayesian.ProbabilityTreatmentBeatsControl, comparison.ProbabilityTreatmentBeatsControl);
        Assert.InRange(comparison.ProbabilityTreatmentBeatsControl!.Value, 0.95, 0.99);
    }

    [Fact]
    public void The_blocks_are_named_and_ordered_as_the_contract_names_and_orders_them()
    {
        using var json = JsonDocument.Parse(ReadoutJson.Write(Example().Read()));
        Assert.Equal(
            [
                "experiment_id", "status", "iteration", "epoch", "as_of", "watermark", "last_event_at", "first_maturity_at", "metric_type", "primary_metric_name", "direction",
                "exposures_total", "conversions_total", "disclaimer", "srm", "comparisons", "sequential", "cuped", "primaries", "secondary", "guardrails", "event_timing", "population",
                "segments", "health", "verdict", "also", // beyond the contract, and after it
            ],
            Names(json.RootElement));
        Assert.Equal(["status", "chi_square", "p_value", "sequential_p_value", "is_srm", "observed_counts", "expected_counts", "verdict"], Names(json.RootElement.GetProperty("srm")));
        var comparison = json.RootElement.GetProperty("comparisons")[0];
        Assert.Equal(
            [
                "control_index", "treatment_index", "status", "control", "treatment", "analysis", "bayesian", "probability_treatment_beats_control", "completed", "always_valid",
                "decision", "sequential_significant",
            ],
            Names(comparison));
        Assert.Equal(
            [
                "validity", "method", "effect", "effect_relative", "standard_error", "ci_level", "ci_lower", "ci_upper", "ci_relative_lower", "ci_relative_upper", "test_statistic",
                "p_value", "is_significant",
            ],
            Names(comparison.GetProperty("analysis")));
        Assert.Equal("reference_only", comparison.GetProperty("analysis").GetProperty("validity").GetString());
        Assert.Equal("two_proportion_z", comparison.GetProperty("analysis").GetProperty("method").GetString());
        Assert.Equal("always_valid", comparison.GetProperty("decision").GetProperty("method").GetString());
        Assert.Equal("any_look", comparison.GetProperty("decision").GetProperty("validity").GetString());
        Assert.Equal("too_early", comparison.GetProperty("decision").GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, comparison.GetProperty("decision").GetProperty("p_value").ValueKind);
        Assert.Equal("binary", json.RootElement.GetProperty("metric_type").GetString());
        Assert.Equal("fixed_horizon", json.RootElement.GetProperty("sequential").GetProperty("status").GetString());
    }

    [Fact]
    public void Units_whose_window_is_open_are_running_and_not_completed()
    {
        var readout = Example().Proportion(0, 5, 100, maturesAt: Scene.Open).Read();
        var comparison = readout.Comparisons[0];
        Assert.Equal((1080, 45), (comparison.Control.ExposedUsers, comparison.Control.ConvertedUsers));
        Assert.Equal((980, 40), (comparison.Completed.Control.ExposedUsers, comparison.Completed.Control.ConvertedUsers));
        Assert.Equal((2100, 2000), (readout.Population.Exposed, readout.Population.Completed));
        Assert.Equal(Scene.Now.AddHours(-1), readout.FirstMaturityAt);
    }

    [Fact]
    public void A_bucket_is_completed_exactly_when_its_maturity_has_come()
    {
        var scene = Example();
        scene.AsOf = Scene.Now.AddHours(-1);
        Assert.Equal(2000, scene.Read().Population.Completed);
        scene.AsOf = Scene.Now.AddHours(-1).AddTicks(-10);
        Assert.Equal(0, scene.Read().Population.Completed);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
