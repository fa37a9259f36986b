using System.Globalization;
using AkkaComfy.Emulator.Images.Paintings;

namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>
/// Decides what will be painted, by all that a sampler goes by; reports each step with a preview, as a server does that
/// was started with <c>--preview-method</c>.
/// </summary>
internal sealed class KSampler : Node
{
    protected override NodeSpec Declared { get; } = new("KSampler", "KSampler", "sampling")
    {
        Inputs =
        [
            new("model", "MODEL"),
            new("seed", "INT", new()
            {
                ["default"] = 0, ["min"] = 0, ["max"] = ulong.MaxValue, ["control_after_generate"] = true,
            }),
            InputSpec.Integer("steps", 20, 1, 10000, step: null),
            InputSpec.Number("cfg", 8, 0, 100, 0.1),
            InputSpec.Choice("sampler_name", Samplers.Names),
            InputSpec.Choice("scheduler", Samplers.Schedulers),
            new("positive", "CONDITIONING"),
            new("negative", "CONDITIONING"),
            new("latent_image", "LATENT"),
            InputSpec.Number("denoise", 1, 0, 1, 0.01),
        ],
        Outputs = ["LATENT"],
        Description = "Uses the provided model, positive and negative conditioning to denoise the latent image.",
    };

    public override async Task<NodeResult> RunAsync(NodeCall call)
    {
        var latent = call.Get<Latent>("latent_image");
        var (steps, denoise) = (call.Integer("steps"), call.Number("denoise"));
        var painting = Painting.Of(
        [
            call.Get<Checkpoint>("model").Name,
            $"{call.Get<Conditioning>("positive")}",
            $"{call.Get<Conditioning>("negative")}",
            $"{call.Seed("seed")}",
            $"{steps}",
            call.Number("cfg").ToString(CultureInfo.InvariantCulture),
            call.Text("sampler_name"),
            call.Text("scheduler"),
            denoise.ToString(CultureInfo.InvariantCulture),
            denoise < 1 ? $"{latent.Painting}" : "",
        ]);
        var (width, height) = (latent.Width / Latent.Scale, latent.Height / Latent.Scale);
        var pace = new Pace(call.Context, call.Context.Options.NodeTime, [.. Pace.Steps(steps)], tick =>
            painting.Paint(width, height, new(Clarity: (double)tick.Value / tick.Max), call.Context.Stopping));
        await pace.FinishAsync();
        return new NodeResult(latent with { Painting = painting });
    }
}
