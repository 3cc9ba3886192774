using Assay.Assignment;

namespace Assay.Analysis.Health;

/// <summary>Whether assignment depends on that of other experiments.</summary>
/// <remarks>
/// It does not, by construction: every experiment hashes by its own key, which no other of the installation has, with a version of the hash under which keys that resemble each other give independent
/// assignments (proven on fixed ids by the tests of the assignment library). Nothing is measured here, and arms that an application chose by itself are not covered.
/// </remarks>
internal static class AssignmentCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        const HealthCode code = HealthCode.ConcurrentAssignment;
        if (facts.Input.Final) return Checks.NotApplicable(code, HealthSentences.FileHasNoAssignment);
        return Checks.Of(
            code,
            HealthCheckStatus.Ok,
            HealthSentences.IndependentByKey,
            new AssignmentEvidence { Seed = facts.Input.Design.Key, HashVersion = Hashing.DefaultVersion });
    }
}
