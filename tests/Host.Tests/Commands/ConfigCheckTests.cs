using AkkaComfy.Host.Commands.Config;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>What <c>config check</c> finds.</summary>
public sealed class ConfigCheckTests
{
    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_no_secret_with_it()
    {
        var report = Check(
            ("PORT", "70000"), ("PLACEMENT", "random"), ("COMFYUI_HOST_1", "https://me:secret@[bad"),
            ("WORKFLOWS_DIRECTORY", RepositoryFiles.PathOf("workflows")));

        Assert.False(report.Valid);
        Assert.Equal(["COMFYUI_HOST_1", "PLACEMENT", "PORT"], report.Errors.Select(error => error.Key).Order());
        Assert.Contains(
            new SettingFault("PORT", "70000", "a whole number from 0 to 65535 (0: any free port)"), report.Errors);
        Assert.All(
            [.. report.Errors.Select(error => error.Value), .. report.Settings.Select(setting => setting.Value)],
            shown => Assert.DoesNotContain("secret", shown ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_is_shown_as_it_would_be_used()
    {
        var report = Check(
            ("MAX_JOB_ATTEMPTS", " 5 "), ("COMFYUI_HOST_1", "gpu:8188"), ("AKKACOMFY_URL", "x"),
            ("MAX_JOB_ATTEMPT", "7"),
            ("WORKFLOWS_DIRECTORY", RepositoryFiles.PathOf("workflows")));

        Assert.True(report.Valid, string.Join(' ', report.Errors.Select(error => error.ToString())));
        Assert.Contains(new SettingView("MAX_JOB_ATTEMPTS", "5", IsSet: true), report.Settings);
        Assert.Contains(new SettingView("HEALTH_CHECK_INTERVAL", "30000", IsSet: false), report.Settings);
        Assert.Contains(new SettingView("COMFYUI_USE_SSL", "false", IsSet: false), report.Settings);
        Assert.Contains(new SettingView("PLACEMENT", "least-loaded", IsSet: false), report.Settings);
        Assert.Equal(["gpu:8188"], report.Instances);
        Assert.Contains("upscale-image", report.Workflows);
        Assert.Equal(["MAX_JOB_ATTEMPT"], report.Unknown);
    }

    [Fact]
    public void Workflows_that_cannot_be_used_are_told_too()
    {
        var report = Check(("WORKFLOWS_DIRECTORY", "./nowhere"));

        Assert.Equal("WORKFLOWS_DIRECTORY", Assert.Single(report.Errors).Key);
    }

    private static ConfigReport Check(params (string Key, string Value)[] variables) => ConfigCheck.Of(
        variables.ToDictionary(variable => variable.Key, variable => variable.Value),
        variables.Select(variable => variable.Key));
}
