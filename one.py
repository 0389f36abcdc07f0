from playwright.sync_api import sync_playwright
A=["--headless","--no-sandbox","--disable-gpu","--disable-background-networking"]
with sync_playwright() as p:
    b=p.chromium.launch(executable_path="/usr/bin/chromium",args=A)
    for w,h in ((1400,900),(1100,800)):
        pg=b.new_page(viewport={"width":w,"height":h}); pg.goto("file:///tmp/look/zh/map.html"); pg.wait_for_timeout(2000); pg.screenshot(path=f"/tmp/look/map_zh_{w}.png")
