namespace Assay.Samples;

internal static class PostStratificationCase
{
    public static void ARampThatReversesTheAnswer()
    {
        // Week one 90/10, week two 50/50, and week two converts better for everybody.
        var weekOne = (Control: Moments.OfProportion(900, 9000), Treatment: Moments.OfProportion(110, 1000));
        var weekTwo = (Control: Moments.OfProportion(1000, 5000), Treatment: Moments.OfProportion(1050, 5000));
        var stratified = PostStratification.Of(weekOne, weekTwo).Value;
        var test = FixedHorizon.Infer(stratified.Effect, alpha: 0.05).Value;

        Console.WriteLine($"pooled     {stratified.Unadjusted.Value:F4}");
        Console.WriteLine($"stratified {test.Effect.Value:F4}, se {test.Effect.StandardError:F5} [{test.Interval.Lower:F4}, {test.Interval.Upper:F4}]");
    }
}
