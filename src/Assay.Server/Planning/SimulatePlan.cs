using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Analysis.Verdicts;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Planning;

/// <summary><c>POST /plan/simulate</c>: how the policy of a design would act on experiments whose truth is known. Nothing is stored.</summary>
internal static class SimulatePlan
{
    private const int MostRuns = 2000;

    /// <param name="request">The design is its body.</param>
    /// <param name="runs">Experiments an effect, 1 to 2,000; 500 unless given.</param>
    /// <param name="seed">The same seed gives the same answer; 1 unless given.</param>
    public static async Task<Results<Ok<OperatingCharacteristics>, ProblemHttpResult>> Handle(HttpRequest request, string? runs, string? seed)
    {
        var errors = new List<ProblemError>();
        var asked = Read("runs", runs, OperatingCharacteristics.DefaultRuns, 1, MostRuns, errors);
        var start = Read("seed", seed, 1, 0, int.MaxValue, errors);
        if (errors.Count > 0) return Problems.InvalidQuery(errors);
        var (body, malformed) = await JsonBody.ReadAsync(request);
        if (malformed is not null) return malformed;
        var reading = DesignReader.Read(body);
        return reading.Design is { } design ? TypedResults.Ok(OperatingCharacteristics.Of(design, asked, start, request.HttpContext.RequestAborted)) : Problems.InvalidDesign(reading.Errors);
    }

    private static int Read(string name, string? text, int standard, int least, int most, List<ProblemError> errors)
    {
        if (text is null) return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        errors.Add(new ProblemError(name, "out_of_range", $"'{name}' is a whole number from {least} to {most}."));
        return standard;
    }
}
