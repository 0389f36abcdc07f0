"""The command line: one file a command, imported only when it is called."""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from landeff.cli.click_words import speak_chinese
from landeff.cli.terminal import LANG, say
from landeff.core.errors import ConservationError, LandeffError
from landeff.publish.error_terms import told_error

if LANG == "zh":
    speak_chinese()

COMMANDS = {
    "run": say("由项目文件计算并输出地图、报告、台账", "compute a project; write map, report and ledgers"),
    "demo": say("用合成示例城市跑一遍", "run the synthetic sample city"),
    "init": say("查看数据文件，拟一份项目文件", "look into files and propose a project file"),
    "check": say("检查输入的全部问题，不计算", "list every problem of the inputs, compute nothing"),
    "convert": say("图层格式转换，含界址点坐标 TXT", "a layer into another format, boundary-point TXT too"),
    "explain": say("某一宗地的每个数字与判定及其来源", "every number and verdict of a parcel, with sources"),
    "dossier": say("一宗一档：可打印的宗地档案", "printable dossiers, one page a parcel"),
    "review": say(
        "写出核对表：存疑对应与更正，填好后再运行", "write the review workbook: doubtful matches, corrections"
    ),
    "split": say("按县区或园区拆分核查表，下发填写", "one workbook a district or zone, to be filled in"),
    "merge": say("汇总交回的核查表，列出矛盾", "gather what came back as corrections, conflicts told"),
    "map": say("由已保存的成果重画地图", "draw the map of a saved result again"),
    "report": say("由已保存的成果重写报告", "write the report of a saved result again"),
    "workbook": say("由已保存的成果重写台账", "write the workbook of a saved result again"),
    "export": say("导出图层：GIS、界址点、手机外业", "layers of a saved result for GIS, surveyors, phones"),
    "compare": say("比较两次成果：转移矩阵与台账进展", "two results: transition matrix, progress"),
    "thresholds": say("门槛试算：标记多少宗、多少亩", "what a threshold would flag, in parcels and mu"),
    "hotspots": say("冷热点：亩均高值、低值集聚的片区", "where high and low figures per mu lie together"),
    "blocks": say("集中连片地块：存量土地连成片", "stock land that lies together"),
    "scenario": say("情景测算：闲置等用地投入使用后的亩均税收", "what if idle land were put to use"),
    "areas": say("各图形面积：椭球、调查公式、测地线", "areas of a file by every method, side by side"),
    "indicators": say("列出指标", "list the indicators"),
    "rules": say("列出认定规则", "list the rules"),
    "scorecards": say("列出评分标准，检查自己的", "list the scorecards, check your own"),
    "score": say("企业评分单（模拟）", "score sheets of enterprises (simulated)"),
    "sample": say("重新生成示例城市数据", "remake the sample city"),
}


class _Lazy(click.Group):
    """Commands by name; the modules behind them are imported on use, so that help is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"landeff.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  # a bug of this package otherwise
        command.options_metavar = say("[选项]", "[OPTIONS]")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    options_metavar=say("[选项]", "[OPTIONS]"),
    subcommand_metavar=say("命令 [参数]…", "COMMAND [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "landeff：开发园区土地利用绩效与存量用地清查（离线）。退出码：0\u00a0正常；1\u00a0超过\u00a0--fail-on；"
        "2\u00a0用法或配置；3\u00a0输入结构；4\u00a0已输出但未达对账线；5\u00a0程序错误。",
        "landeff: land-use efficiency and stock-land inventory of development zones, offline. "
        "Exit codes: 0 fine; 1 above --fail-on; 2 usage or config; 3 structure of the inputs; "
        "4 written, below the matching gate; 5 a bug.",
    ),
)
@click.version_option(package_name="landeff", message="%(version)s")
def _group() -> None: ...


def main() -> None:
    """Entry point of the console script."""
    try:
        sys.exit(
            _group.main(standalone_mode=False)
        )  # click returns the code of an Exit, and None without one
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except LandeffError as error:
        click.echo(f"{say('错误', 'Error')} [{error.code}] {told_error(error, LANG)}", err=True)
        sys.exit(error.exit_code)
    except ConservationError as error:
        traceback.print_exc()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except Exception:  # a bug keeps its traceback and its own exit code
        traceback.print_exc()
        sys.exit(5)
