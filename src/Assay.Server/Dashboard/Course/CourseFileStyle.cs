using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Dashboard.Course;

/// <summary>The style of a picture that stands alone: light, and without a font from elsewhere.</summary>
internal static class CourseFileStyle
{
    public const string Css =
        ":root{color:#4f5f6b;font:11px system-ui,sans-serif}.good{color:#0b6b56}.bad{color:#a83a15}text{fill:#4b5a65}.head{font-size:14px;font-weight:600;fill:#16212a}.paper{fill:#fff}"
        + ".grid{stroke:#e9edef}.zero{stroke:#8b98a2}.band{fill:currentColor;stroke:currentColor;opacity:.18}.line{fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}"
        + ".band,.line{vector-effect:non-scaling-stroke}.trace{overflow:hidden}.mark{stroke:#4b5a65;stroke-dasharray:3 3}.badge circle{fill:#fff;stroke:#4b5a65}.look line{stroke:currentColor;stroke-width:2}.look circle{fill:#fff;stroke:currentColor;stroke-width:2}.look .crossed{fill:currentColor}"
        + ".alarm{stroke:#a83a15;stroke-width:1.5;stroke-dasharray:6 4}.arm-1{stroke-dasharray:7 4}.arm-2{stroke-dasharray:2 4}.arm-3{stroke-dasharray:9 3 2 3}.arm-4{stroke-dasharray:14 4}.arm-5{stroke-dasharray:4 2}.arm-6{stroke-dasharray:1 6}.arm-7{stroke-dasharray:12 3 2 3 2 3}.arm-8{stroke-dasharray:6 8}.arm-9{stroke-dasharray:16 3 4 3}";

    /// <summary>Nothing is fetched, nothing runs; this style and no other.</summary>
    public static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; frame-ancestors 'none'";
}
