using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Analysis.Designs;

/// <summary>Reads a design document: every rule is checked, every error is reported at once, every default is filled in.</summary>
public static partial class DesignReader
{
    /// <summary>A design, or everything that is wrong with the document.</summary>
    /// <remarks>
    /// A field that is null counts as absent (but for a variation's <c>value</c>). Sections that are absent are read as empty, so that the errors name the
    /// fields they miss. A design that is right in every field and asks for more units than can be counted is refused too: it would never answer.
    /// </remarks>
    public static DesignReading Read(JsonElement document)
    {
        var errors = new List<DesignError>();
        var design = Read(new Fields(document, "", errors));
        if (errors.Count == 0) CheckPrice(design, errors);
        return errors.Count == 0 ? new DesignReading(design, []) : new DesignReading(null, [.. errors]);
    }

    private static Design Read(Fields fields)
    {
        var key = Key(fields);
        var name = fields.Text("name", 100);
        var hypothesis = ReadHypothesis(fields);
        var setup = SetupReader.Read(fields.Object("setup"));
        var metrics = MetricSetReader.Read(fields.Object("metrics"));
        var constraints = ConstraintsReader.Read(fields.Object("constraints"));
        var policy = PolicyReader.Read(fields.Object("policy"), metrics.MdePct);
        fields.RefuseUnknown();
        return new Design { Key = key, Name = name ?? key, Hypothesis = hypothesis, Setup = setup, Metrics = metrics, Constraints = constraints, Policy = policy };
    }

    private static string Key(Fields fields)
    {
        var key = fields.Text("key", required: true);
        if (key is not null && !KeyPattern().IsMatch(key))
            fields.Report("key", DesignErrorCode.InvalidValue, "A key is 1 to 64 characters of a-z, 0-9 and '-', the first no '-'.");
        return key ?? "";
    }

    private static Hypothesis? ReadHypothesis(Fields fields)
    {
        if (fields.Take("hypothesis") is null) return null;
        var own = fields.Object("hypothesis");
        var hypothesis = new Hypothesis(own.Text("statement"), own.Text("owner"));
        own.RefuseUnknown();
        return hypothesis;
    }

    private static void CheckPrice(Design design, List<DesignError> errors)
    {
        var plan = Pricing.Price(design);
        if (plan.PlannedSampleSizePerVariant is null)
            Refuse("/metrics/mde_pct", "So small an effect needs more units an arm than can be counted.");
        else if (plan.PlannedSampleSizes.IsEmpty)
            Refuse("/setup/traffic_split", "So uneven a split needs more units than can be counted.");

        void Refuse(string pointer, string detail) => errors.Add(new DesignError(pointer, DesignErrorCode.OutOfRange, detail));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();
}
