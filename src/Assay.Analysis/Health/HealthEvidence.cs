using System.Text.Json.Serialization;

namespace Assay.Analysis.Health;

/// <summary>The numbers behind a check; <c>kind</c> says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract record HealthEvidence;
